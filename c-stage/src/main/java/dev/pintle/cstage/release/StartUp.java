package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/** Removes the locale, the timer and the random seed: nothing here needs them, and they bring half of the C library. */
public final class StartUp implements Rewrite {
    @Override
    public String name() {
        return "the start";
    }

    @Override
    public void apply(Editor editor) {
        editor.replaceLine("core.c", "srand(", "");
        editor.replaceLine("core.c", "setlocale (", "");
        editor.replaceLine("core.c", "teavm_initFiber();", "");
        editor.replaceLine(
                "main.c",
                "meth_otr_Fiber_startMain(teavm_parseArguments(0, argv));",
                "meth_otr_Fiber_startMain(teavm_allocateStringArray(0));");
        editor.tree().put("fiber.c", AddedC.read("fiber.c"));
    }
}
