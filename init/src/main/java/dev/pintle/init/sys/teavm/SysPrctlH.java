package dev.pintle.init.sys.teavm;

import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/prctl.h>}. */
@Include("sys/prctl.h")
final class SysPrctlH {
    static final int PR_SET_NO_NEW_PRIVS = 38;
    static final int PR_SET_CHILD_SUBREAPER = 36;

    private SysPrctlH() {}

    /** The arguments are longs, since the kernel compares all their bits with zero. */
    @Import(name = "prctl")
    static native int prctl(int option, long a, long b, long c, long d);
}
