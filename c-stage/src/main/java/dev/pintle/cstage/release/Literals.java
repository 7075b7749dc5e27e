package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns string literals into constant UTF-8, which becomes objects when it is first used ({@code strings.c}). */
public final class Literals implements Rewrite {
    private static final String FILE = "strings.c";
    private static final Pattern TABLE =
            Lines.pattern("^TeaVM_String\\* teavm_stringPool\\[(\\d+)] = \\{\n([\\s\\S]*?)^};");
    private static final Pattern FIRST = Pattern.compile("^ *TEAVM_STRING\\([0-9]+, -?[0-9]+, *u\"");
    private static final Pattern MORE = Pattern.compile("^ *u?\"");
    private static final Pattern LAST = Pattern.compile("\\),? *// string #[0-9]+$");

    /** What reads a literal by its place in the table, as the name of a class. A program may have none. */
    private static final Pattern PLACE = Pattern.compile("\\*\\(\\(TeaVM_String\\*\\*\\) (teavm_local_\\d+)\\)\\)");

    private static final Pattern OTHER_PLACE =
            Pattern.compile("\\(TeaVM_String\\*\\*\\)(?! teavm_local_\\d+ - teavm_stringPool)");

    private int literals;
    private int ends;

    @Override
    public String name() {
        return "string literals";
    }

    @Override
    public void apply(Editor editor) {
        Matcher table = TABLE.matcher(editor.tree().text(FILE));
        if (table.find()) {
            editor.tree().put("texts.h", texts(table.group(2), editor));
            editor.expect(Integer.parseInt(table.group(1)), literals, "literals in the table of " + FILE);
            editor.expect(literals, ends, "ends of literals in the table of " + FILE);
        } else {
            editor.expect(1, 0, "a table of string literals in " + FILE);
        }
        editor.tree().put("strings.h", AddedC.read("strings.h"));
        editor.tree().put("strings.c", AddedC.read("strings.c"));
        editor.replaceLine("main.c", "teavm_initStringPool();", "");
        for (String file : editor.tree().sources()) {
            editor.edit(
                    file, PLACE, place -> "teavm_literal((TeaVM_String**) " + place.group(1) + " - teavm_stringPool))");
        }
        editor.expectNoneLeft(OTHER_PLACE, "a use of a literal's place of another form");
    }

    private String texts(String table, Editor editor) {
        List<String> texts = new ArrayList<>();
        for (String line : Lines.of(table)) {
            texts.add(text(line, texts.size(), editor));
        }
        return Lines.join(texts);
    }

    /** A line of the table as one of {@code texts.h}. A literal is told from others by the number of its line. */
    private String text(String line, int number, Editor editor) {
        Matcher first = FIRST.matcher(line);
        Matcher more = MORE.matcher(line);
        String text = line;
        if (first.find()) {
            text = "TEXT(" + number + ", \"" + line.substring(first.end());
            literals++;
        } else if (more.find()) {
            text = line.charAt(more.end() - 2) == 'u' ? "    \"" + line.substring(more.end()) : line;
        } else {
            editor.miss("a line of the table of " + FILE + " has another form: " + line);
        }
        Matcher last = LAST.matcher(text);
        if (!last.find()) {
            return text;
        }
        ends++;
        return text.substring(0, last.start()) + ")";
    }
}
