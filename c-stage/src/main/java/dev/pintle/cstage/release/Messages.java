package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes the last words of a program that ends for an uncaught exception without printf, which is a part of the C library. */
public final class Messages implements Rewrite {
    private static final Pattern DECLARATION = Lines.pattern("^extern void (teavm_\\w+)\\(");
    private static final Pattern DEFINITION = Lines.pattern("^void (teavm_\\w+)\\(");

    @Override
    public String name() {
        return "messages";
    }

    @Override
    public void apply(Editor editor) {
        String ours = AddedC.read("log.c");
        Set<String> declared = names(editor.tree().text("log.h"), DECLARATION);
        Set<String> defined = names(ours, DEFINITION);
        if (!declared.equals(defined)) {
            editor.miss("expected log.h to declare " + defined + ", found " + declared);
        }
        editor.tree().put("log.c", ours);
    }

    private static Set<String> names(String text, Pattern pattern) {
        Set<String> names = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        return names;
    }
}
