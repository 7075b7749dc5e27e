package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/signalfd.h>}. */
@Include("sys/signalfd.h")
final class SysSignalfdH {
    static final int SFD_CLOEXEC = 02000000;
    static final int SFD_NONBLOCK = 04000;

    private SysSignalfdH() {}

    @Import(name = "signalfd")
    static native int signalfd(int descriptor, Address set, int flags);
}
