package dev.pintle.archive.sys;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <unistd.h>}. */
@Include("unistd.h")
final class UnistdH {
    private UnistdH() {}

    @Import(name = "symlinkat")
    static native int symlinkat(Address target, int directory, Address path);

    @Import(name = "unlinkat")
    static native int unlinkat(int directory, Address path, int flags);
}
