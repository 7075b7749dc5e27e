package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <stdlib.h>}. */
@Include("stdlib.h")
final class StdlibH {
    private StdlibH() {}

    @Import(name = "malloc")
    static native Address malloc(int size);

    @Import(name = "calloc")
    static native Address calloc(int count, int size);

    @Import(name = "realloc")
    static native Address realloc(Address memory, int size);

    @Import(name = "free")
    static native void free(Address memory);

    @Import(name = "mkostemp")
    static native int mkostemp(Address template, int flags);
}
