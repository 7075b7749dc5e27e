package dev.pintle.init.sys.teavm;

import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/file.h>}. */
@Include("sys/file.h")
final class SysFileH {
    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;

    private SysFileH() {}

    @Import(name = "flock")
    static native int flock(int descriptor, int operation);
}
