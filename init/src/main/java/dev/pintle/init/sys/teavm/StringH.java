package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <string.h>}. */
@Include("string.h")
final class StringH {
    private StringH() {}

    @Import(name = "memchr")
    static native Address memchr(Address from, int value, long size);
}
