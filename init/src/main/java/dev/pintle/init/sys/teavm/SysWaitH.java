package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/wait.h>}. */
@Include("sys/wait.h")
final class SysWaitH {
    static final int P_ALL = 0;
    static final int WEXITED = 0x4;
    static final int WNOHANG = 0x1;
    static final int WNOWAIT = 0x1000000;
    static final int CLD_EXITED = 1;

    private SysWaitH() {}

    @Import(name = "waitid")
    static native int waitid(int kind, int id, Address info, int options);

    @Import(name = "waitpid")
    static native int waitpid(int pid, Address status, int options);
}
