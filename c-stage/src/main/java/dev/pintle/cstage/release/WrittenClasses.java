package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Puts the structures of classes that are written to next to each other, so that the pages of all others stay shared by all
 * containers. Written to are the classes that {@code main.c} makes class objects of, and those that there are arrays of. Any
 * other may be written to as well; its page is then no longer shared.
 */
public final class WrittenClasses implements Rewrite {
    private static final Pattern OBJECT =
            Lines.pattern("^    teavm_getClassObject\\(\\(TeaVM_Class\\*\\) &(\\w+_Cls)\\);$");
    private static final Pattern ARRAY = Pattern.compile("teavm_getArrayClass\\(\\(TeaVM_Class\\*\\) &(\\w+_Cls)\\)");
    private static final Pattern STRUCTURE = Lines.pattern("^alignas\\(8\\) \\w+ (\\w+_Cls) = \\{$");
    private static final String SECTION = "__attribute__((section(\".data.written\"))) ";

    private int moved;

    @Override
    public String name() {
        return "classes that are written to";
    }

    @Override
    public void apply(Editor editor) {
        Set<String> written = new TreeSet<>();
        int objects = collect(editor.tree().text("main.c"), OBJECT, written);
        int arrays = 0;
        for (String file : editor.tree().sources()) {
            arrays += collect(editor.tree().text(file), ARRAY, written);
        }
        for (String file : editor.tree().sources()) {
            editor.edit(file, STRUCTURE, structure -> edited(structure, written));
        }
        editor.expectAtLeast(1, objects, "class objects that main.c makes: " + OBJECT);
        editor.expectAtLeast(1, arrays, "classes of arrays: " + ARRAY);
        editor.expect(written.size(), moved, "structures of those classes: " + STRUCTURE);
    }

    private static int collect(String text, Pattern pattern, Set<String> names) {
        pattern.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return Editor.count(text, pattern);
    }

    private String edited(MatchResult structure, Set<String> written) {
        if (!written.contains(structure.group(1))) {
            return structure.group();
        }
        moved++;
        return SECTION + structure.group();
    }
}
