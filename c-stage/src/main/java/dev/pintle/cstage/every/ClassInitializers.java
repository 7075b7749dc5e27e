package dev.pintle.cstage.every;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets the heap call the static initializer of a class ({@code memory.c}): it must end well, even if the heap is full. */
public final class ClassInitializers implements Rewrite {
    private static final Pattern FUNCTION = Lines.pattern("^void initclass_.*\\(\\) \\{\n[\\s\\S]*?^}");
    private static final Pattern CALL = Lines.pattern("^ *(meth_[A-Za-z0-9_]*__clinit_)\\(\\);$");

    private int calls;

    @Override
    public String name() {
        return "calls of static initializers";
    }

    @Override
    public void apply(Editor editor) {
        int functions = 0;
        for (String file : editor.tree().sources()) {
            functions += editor.edit(file, FUNCTION, this::thin);
        }
        editor.expectAtLeast(1, functions, "functions that initialize a class: " + FUNCTION);
        editor.expect(functions, calls, "calls in them, one in each: " + CALL);
    }

    private String thin(MatchResult function) {
        Matcher call = CALL.matcher(function.group());
        calls += Editor.count(function.group(), CALL);
        return call.replaceAll("heap_initialize(&$1);");
    }
}
