package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps only the table entries of calls that a catch may follow. TeaVM has one entry for each call, so that a stack trace can be
 * printed and a catch be found. A release prints no line numbers, and of some 27,000 calls a few hundred are in a try. An entry
 * says which catches there are, by their numbers within the method, so calls of different methods with the same catches share
 * one. Nothing writes to the tables, so they lie with what all containers share.
 */
public final class CallSiteTable implements Rewrite {
    private static final String FILE = "callsites.c";
    private static final String CATCHES = "exceptionHandlers_teavm_callSites";
    private static final Pattern CATCH = Pattern.compile(
            "    \\{ \\.id = (\\d+), \\.exceptionClass = (.*), \\.next = (NULL|" + CATCHES + "\\+\\d+) },? ?");
    private static final Pattern CALL =
            Pattern.compile("    \\{ \\.firstHandler = (?:NULL|" + CATCHES + " \\+ (\\d+)), \\.location = NULL },? ?");
    private static final Pattern OTHER = Pattern.compile("(?:#include .*|static TeaVM_ExceptionHandler " + CATCHES
            + "\\[\\d+] = \\{|TeaVM_CallSite teavm_callSites\\[\\d+] = \\{|};|)");

    private record Catch(String text, boolean last) {}

    private final List<Catch> catches = new ArrayList<>();
    private final Map<List<String>, Integer> kept = new LinkedHashMap<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private int calls;

    @Override
    public String name() {
        return "the table of calls";
    }

    /** How many calls the program has, as TeaVM counts them. */
    int calls() {
        return calls;
    }

    /** The new number of a call in a try: 0, a call without a catch, if it has none. */
    int number(int call) {
        return numbers.getOrDefault(call, 0);
    }

    @Override
    public void apply(Editor editor) {
        List<String> unknown = new ArrayList<>();
        for (String line : Lines.of(editor.tree().text(FILE))) {
            read(line, unknown);
        }
        if (!unknown.isEmpty()) {
            editor.expect(0, unknown.size(), "lines of another form in " + FILE + ", such as '" + unknown.get(0) + "'");
        }
        editor.expectAtLeast(1, kept.size(), "calls in " + FILE + " with a catch");
        if (unknown.isEmpty()) {
            editor.tree().put(FILE, table(editor.tree().text(FILE)));
        }
        editor.replace(
                "stack.h", 1, "extern TeaVM_CallSite teavm_callSites", "extern const TeaVM_CallSite teavm_callSites");
    }

    private void read(String line, List<String> unknown) {
        Matcher aCatch = CATCH.matcher(line);
        Matcher call = CALL.matcher(line);
        if (aCatch.matches()) {
            String text = "{ .id = " + aCatch.group(1) + ", .exceptionClass = " + aCatch.group(2);
            catches.add(new Catch(text, aCatch.group(3).equals("NULL")));
        } else if (call.matches()) {
            if (call.group(1) != null) {
                keep(Integer.parseInt(call.group(1)), line, unknown);
            }
            calls++;
        } else if (!OTHER.matcher(line).matches()) {
            unknown.add(line);
        }
    }

    private void keep(int firstCatch, String line, List<String> unknown) {
        List<String> chain = new ArrayList<>();
        for (int at = firstCatch; at < catches.size(); at++) {
            chain.add(catches.get(at).text());
            if (catches.get(at).last()) {
                kept.putIfAbsent(chain, kept.size() + 1);
                numbers.put(calls, kept.get(chain));
                return;
            }
        }
        unknown.add(line);
    }

    /** The new file. Entry 0 is new: a call outside any try. */
    private String table(String old) {
        List<String> lines = new ArrayList<>();
        Lines.of(old).stream().filter(line -> line.startsWith("#include")).forEach(lines::add);
        lines.add("static const TeaVM_ExceptionHandler handlers[] = {");
        List<String> entries = new ArrayList<>();
        int handler = 0;
        for (List<String> chain : kept.keySet()) {
            entries.add("{ .firstHandler = (TeaVM_ExceptionHandler*) handlers + " + handler + ", .location = NULL },");
            for (int i = 1; i <= chain.size(); i++) {
                handler++;
                String next = i < chain.size() ? "(TeaVM_ExceptionHandler*) handlers + " + handler : "NULL";
                lines.add(chain.get(i - 1) + ", .next = " + next + " },");
            }
        }
        lines.add("};\nconst TeaVM_CallSite teavm_callSites[] = {\n{ NULL, NULL },");
        lines.addAll(entries);
        lines.add("};");
        return Lines.join(lines);
    }
}
