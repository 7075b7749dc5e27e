package dev.pintle.cstage.every;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/**
 * Tells TeaVM's main that there are no arguments. It decodes them by the locale, and loops for ever on one that ends within a
 * UTF-8 sequence; the init reads them itself.
 */
public final class ProgramArguments implements Rewrite {
    @Override
    public String name() {
        return "the program's arguments";
    }

    @Override
    public void apply(Editor editor) {
        editor.replace("main.c", 1, "teavm_parseArguments(argc, argv)", "teavm_parseArguments(0, argv)");
    }
}
