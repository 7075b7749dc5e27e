package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/mman.h>}. */
@Include("sys/mman.h")
final class SysMmanH {
    static final int MADV_DONTNEED = 4;

    private SysMmanH() {}

    @Import(name = "madvise")
    static native int madvise(Address from, long size, int advice);
}
