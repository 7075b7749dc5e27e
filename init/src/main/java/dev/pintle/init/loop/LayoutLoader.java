package dev.pintle.init.loop;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Diagnostic.Severity;
import dev.pintle.layout.ParseResult;
import org.jspecify.annotations.Nullable;

/** Reads the layout of this container anew. */
public interface LayoutLoader {
    /** What is wrong with a layout that does not fit into memory beside the one that it is to follow. */
    Diagnostic TOO_LARGE = new Diagnostic(
            Severity.ERROR,
            "too-large",
            "the layout",
            0,
            0,
            "cannot read the layout: it needs more memory than an init may take",
            "see LIMITS in service.conf(5)");

    /** Begins to read the layout as it lies there now. */
    Reading begin();

    /** A layout that is being read. */
    interface Reading {
        /** Reads a piece, in a few milliseconds; once there is no more, the layout or what is wrong with it, else null. */
        @Nullable
        ParseResult step();
    }
}
