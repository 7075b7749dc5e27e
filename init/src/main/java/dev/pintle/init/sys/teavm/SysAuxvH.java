package dev.pintle.init.sys.teavm;

import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/auxv.h>}. */
@Include("sys/auxv.h")
final class SysAuxvH {
    static final long AT_PHDR = 3;
    static final long AT_PHNUM = 5;

    private SysAuxvH() {}

    @Import(name = "getauxval")
    static native long getauxval(long type);
}
