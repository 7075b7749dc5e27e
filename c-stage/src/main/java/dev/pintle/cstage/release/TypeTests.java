package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets one function tell for all classes whether an object is of one, where TeaVM has a function for each: a class covers a range
 * of numbers, which begins with its own. Object, the primitive types and their arrays keep their functions, and so do interfaces
 * whose range has gaps: the numbers of classes that do not implement them.
 */
public final class TypeTests implements Rewrite {
    private static final Pattern FUNCTION = Lines.pattern("""
            ^int32_t (supertypeof_\\w+)\\(TeaVM_Class\\* supercls, TeaVM_Class\\* cls\\) \\{
                int32_t tag = cls->tag;
                if \\(tag < ([0-9]+) \\|\\| tag >= ([0-9]+)\\) return INT32_C\\(0\\);
            ((?:    if \\(tag >= [0-9]+ && tag < [0-9]+\\) return INT32_C\\(0\\);
            )*)    return INT32_C\\(1\\);
            }$""");
    private static final Pattern GAP = Pattern.compile("tag >= ([0-9]+) && tag < ([0-9]+)");
    private static final Pattern TAG_OR_USE =
            Lines.pattern("^ *\\.(?:tag = ([0-9]+)|isSupertypeOf = &(supertypeof_\\w+)),$");
    private static final Range NONE = new Range(-1, -1);

    /** Object, a primitive type or void, or an array of a primitive type. */
    private static final Pattern KEPT = Pattern.compile("supertypeof_(?:jl_Object|[BCDFIJSVZ]|Arr_[BCDFIJSZ])");

    /** From which number, and below which. */
    private record Range(int from, int to) {}

    private final Set<String> withGaps = new HashSet<>();
    private final Set<String> unknown = new TreeSet<>();
    private int tag;
    private int replaced;
    private int kept;

    @Override
    public String name() {
        return "tests of types";
    }

    @Override
    public void apply(Editor editor) {
        for (String file : editor.tree().sources()) {
            if (editor.tree().text(file).contains("&supertypeof_")) {
                Map<String, Range> ranges = ranges(editor.tree().text(file));
                editor.edit(file, TAG_OR_USE, line -> edited(line, ranges));
            }
        }
        editor.expectAtLeast(1, replaced, "classes whose test is one range that begins with their number: " + FUNCTION);
        editor.expectAtLeast(1, kept, "classes whose test is another: Object, primitive types, their arrays");
        editor.expect(
                0,
                unknown.size(),
                "classes whose test is another, and that are neither those nor interfaces whose range has gaps: "
                        + unknown);
        editor.replace("core.h", 1, "struct TeaVM_Services* services;", "int32_t tagEnd;");
        editor.replaceLine(
                "core.h",
                "static inline int32_t teavm_instanceof(",
                AddedC.read("types.h")
                        + "static inline int32_t teavm_isOf(void* obj, void* cls, int32_t (*fn)(TeaVM_Class*,TeaVM_Class*)) {");
    }

    private Map<String, Range> ranges(String text) {
        Map<String, Range> ranges = new HashMap<>();
        Matcher function = FUNCTION.matcher(text);
        while (function.find()) {
            if (GAP.matcher(function.group(4)).results().anyMatch(gap -> number(gap, 1) < number(gap, 2))) {
                withGaps.add(function.group(1));
            } else {
                ranges.put(function.group(1), new Range(number(function, 2), number(function, 3)));
            }
        }
        return ranges;
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private String edited(MatchResult line, Map<String, Range> ranges) {
        if (line.group(1) != null) {
            tag = number(line, 1);
            return line.group();
        }
        Range range = ranges.getOrDefault(line.group(2), NONE);
        if (range.from() != tag) {
            keep(line.group(2));
            return line.group();
        }
        replaced++;
        return ".isSupertypeOf = &teavm_isWithin, .tagEnd = " + range.to() + ",";
    }

    private void keep(String test) {
        if (KEPT.matcher(test).matches()) {
            kept++;
        } else if (!withGaps.contains(test)) {
            unknown.add(test);
        }
    }
}
