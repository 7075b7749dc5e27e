package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/** Compiles the collector for speed, everything else for size: PID 1 does nothing else during a collection. */
public final class CollectorForSpeed implements Rewrite {
    private static final String FIRST = "#include \"classes/dev/pintle/collector/Blocks.c\"";
    private static final String AFTER = "#include \"classes/dev/pintle/collector/Verification.c\"";

    @Override
    public String name() {
        return "the collector's optimization";
    }

    @Override
    public void apply(Editor editor) {
        editor.replaceLine("all.c", FIRST, """
                #pragma GCC push_options
                #pragma GCC optimize ("O2", "no-tree-loop-distribute-patterns")
                """ + FIRST);
        editor.replaceLine("all.c", AFTER, "#pragma GCC pop_options\n" + AFTER);
    }
}
