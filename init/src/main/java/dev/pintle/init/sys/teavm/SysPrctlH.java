package dev.pintle.init.sys.teavm;

import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/prctl.h>}. */
@Include("sys/prctl.h")
final class SysPrctlH {
    static final int PR_SET_NO_NEW_PRIVS = 38;
    static final int PR_SET_CHILD_SUBREAPER = 36;
    static final int PR_SET_KEEPCAPS = 8;
    static final int PR_CAPBSET_READ = 23;
    static final int PR_CAPBSET_DROP = 24;
    static final int PR_CAP_AMBIENT = 47;
    static final int PR_CAP_AMBIENT_RAISE = 2;

    private SysPrctlH() {}

    /** The arguments are longs, since the kernel compares all their bits with zero. */
    @Import(name = "prctl")
    static native int prctl(int option, long a, long b, long c, long d);
}
