package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/resource.h>}. */
@Include("sys/resource.h")
final class SysResourceH {
    static final int PRIO_PROCESS = 0;

    private SysResourceH() {}

    @Import(name = "getrlimit")
    static native int getrlimit(int resource, Address limit);

    @Import(name = "getpriority")
    static native int getpriority(int kind, int id);

    @Import(name = "setpriority")
    static native int setpriority(int kind, int id, int niceness);
}
