package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <signal.h>}. */
@Include("signal.h")
final class SignalH {
    static final int SIG_SETMASK = 2;

    /** Of siginfo's code: sent by the kernel (sigaction(2)). */
    static final int SI_KERNEL = 0x80;

    private SignalH() {}

    @Import(name = "kill")
    static native int kill(int pid, int signal);

    @Import(name = "signal")
    static native void signal(int signal, SignalHandler handler);

    @Import(name = "sigprocmask")
    static native int sigprocmask(int how, Address set, Address old);
}
