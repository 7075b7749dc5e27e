package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the code that sets static fields to zero, as they begin as zeros anyway, and makes the table of those that hold
 * references a constant, where TeaVM collects it at the start.
 */
public final class StaticFields implements Rewrite {
    private static final Pattern FUNCTION = Lines.pattern("^void sysinitclass_[\\s\\S]*?^}");
    private static final Pattern ZERO =
            Lines.pattern("^ *sfld_[A-Za-z0-9_]+ = (?:NULL|0|INT32_C\\(0\\)|INT64_C\\(0\\));\n");
    private static final Pattern REGISTRATION = Lines.pattern("^ *teavm_registerStaticGcRoots\\(.*\\);\n");
    private static final Pattern TABLE =
            Lines.pattern("^static void\\*\\* teavm_gc_localStaticRoots_.*\n([\\s\\S]*?)^};\n");
    private static final Pattern LEFT = Pattern.compile("teavm_gc_localStaticRoots_");
    private static final Pattern ROOT = Pattern.compile("\\(void\\*\\*\\) &sfld_[A-Za-z0-9_]*");

    private final List<String> roots = new ArrayList<>();
    private int zeros;
    private int registrations;

    @Override
    public String name() {
        return "static fields";
    }

    @Override
    public void apply(Editor editor) {
        int tables = 0;
        for (String file : editor.tree().sources()) {
            if (FUNCTION.matcher(editor.tree().text(file)).find()) {
                tables += editor.edit(file, TABLE, table -> collect(table.group(1)));
                editor.edit(file, FUNCTION, function -> withoutZeros(function.group()));
            }
        }
        editor.expectAtLeast(1, zeros, "static fields set to zero: " + ZERO);
        editor.expectAtLeast(1, tables, "tables of static fields with references: " + TABLE);
        editor.expect(tables, registrations, "registrations of those tables: " + REGISTRATION);
        for (String root : roots) {
            if (!ROOT.matcher(root).matches()) {
                editor.miss("a table of static fields has an entry of another form: " + root);
            }
        }
        editor.tree()
                .put(
                        "roots.h",
                        Lines.join(roots.stream().map(root -> root + ",").toList()));
        editor.append("memory.c", """
                void*** teavm_gc_staticRoots = (void***) (void** const[]) {
                (void**) (intptr_t) %d,
                #include "roots.h"
                };
                """.formatted(roots.size()));
        editor.replaceLine("core.c", "teavm_initStaticGcRoots();", "");
        editor.replace("memory.c", 1, "#ifndef TEAVM_CONSTANT_ROOTS", "#if 0");
        editor.expectNoneLeft(LEFT, "a table of static fields");
    }

    private String collect(String table) {
        for (String line : Lines.of(table)) {
            roots.addAll(List.of(line.replaceFirst(",$", "").split(", ")));
        }
        return "";
    }

    private String withoutZeros(String function) {
        Matcher zero = ZERO.matcher(function);
        zeros += Editor.count(function, ZERO);
        String rest = zero.replaceAll("");
        registrations += Editor.count(rest, REGISTRATION);
        return REGISTRATION.matcher(rest).replaceAll("");
    }
}
