package dev.pintle.cstage.every;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.regex.Pattern;

/** Removes the write barrier: our collector has no generations. */
public final class WriteBarrier implements Rewrite {
    private static final Pattern OFFSET = Lines.pattern("^    intptr_t offset = .*teavm_gc_regionSize;");
    private static final Pattern CARD = Lines.pattern("^    \\(\\(char\\*\\) teavm_gc_cardTable\\)\\[offset] = 0;");

    @Override
    public String name() {
        return "the write barrier";
    }

    @Override
    public void apply(Editor editor) {
        editor.expect(1, editor.edit("core.h", OFFSET, line -> ""), "a line of core.h: " + OFFSET);
        editor.expect(1, editor.edit("core.h", CARD, line -> ""), "a line of core.h: " + CARD);
    }
}
