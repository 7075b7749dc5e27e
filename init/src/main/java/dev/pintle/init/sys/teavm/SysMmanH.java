package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/mman.h>}. */
@Include("sys/mman.h")
@SuppressWarnings("MemberName")
final class SysMmanH {
    static final int MADV_DONTNEED = 4;
    static final int MFD_CLOEXEC = 1;

    private SysMmanH() {}

    @Import(name = "memfd_create")
    static native int memfd_create(Address name, int flags);

    @Import(name = "madvise")
    static native int madvise(Address from, long size, int advice);
}
