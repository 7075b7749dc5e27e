package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.List;

/**
 * Makes a function link and clear the frame of a method, instead of some 75 bytes of code in each method. Dead references are not
 * cleared one by one: they may live until their method returns.
 */
public final class FrameFunction implements Rewrite {
    @Override
    public String name() {
        return "the function for frames";
    }

    @Override
    public void apply(Editor editor) {
        String stack = editor.tree().text("stack.h");
        for (String macro : List.of("TEAVM_ALLOC_STACK(sz)", "TEAVM_GC_ROOT_RELEASE(index)")) {
            int found = Editor.count(stack, Lines.pattern("^ *#define \\Q" + macro + "\\E"));
            editor.expect(1, found, "a definition of " + macro + " in stack.h");
        }
        editor.append("stack.h", AddedC.read("frames.h"));
    }
}
