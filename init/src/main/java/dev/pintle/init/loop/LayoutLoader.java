package dev.pintle.init.loop;

import dev.pintle.layout.ParseResult;

/** Reads the layout of this container anew. */
public interface LayoutLoader {
    /** The layout as it lies there now, or what is wrong with it. */
    ParseResult load();
}
