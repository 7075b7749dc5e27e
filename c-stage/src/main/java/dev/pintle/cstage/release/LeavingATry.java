package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/**
 * Clears the note of the last call when a method leaves a try. Calls outside a try note nothing ({@link CallsAndFrames}), so
 * the old note would stay.
 */
public final class LeavingATry implements Rewrite {
    private static final String LEAVE =
            "teavm_shadowStack.header.jmpTarget = teavm_shadowStack.header.jmpTarget->previous";

    @Override
    public String name() {
        return "the end of a try";
    }

    @Override
    public void apply(Editor editor) {
        editor.replaceLine("exceptions.h", LEAVE, "teavm_shadowStack.header.callSiteId = 0, \\\n" + LEAVE);
    }
}
