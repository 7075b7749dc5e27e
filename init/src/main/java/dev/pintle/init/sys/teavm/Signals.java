package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Signal;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** Signals as something to read. */
final class Signals {
    private static final int SET_SIZE = 128;
    /** The kernel's struct sigaction and its set; all zeros is the default disposition on every architecture. */
    private static final int ACTION_SIZE = 32;

    private static final int KERNEL_SET_SIZE = 8;

    private static final SignalfdSiginfo INFO =
            StdlibH.malloc(Structure.sizeOf(SignalfdSiginfo.class)).toStructure();

    private Signals() {}

    /**
     * An exec'd process inherits no handler, but may inherit that signals are ignored (nohup, some container runtimes).
     * sigaction(3) refuses the three that musl keeps for itself, and sigfillset(3) leaves them out; the kernel does not.
     */
    static int open() {
        Address action = StdlibH.malloc(ACTION_SIZE);
        Address.fillZero(action, ACTION_SIZE);
        int number = SysSyscallH.SYS_rt_sigaction();
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            SysSyscallH.syscall(number, signal, action, NativeStrings.NULL, KERNEL_SET_SIZE);
        }
        StdlibH.free(action);
        Address all = StdlibH.malloc(SET_SIZE);
        Address.fill(all, (byte) 0xff, SET_SIZE);
        int flags = SysSignalfdH.SFD_CLOEXEC | SysSignalfdH.SFD_NONBLOCK;
        int descriptor = ErrnoH.result(SysSignalfdH.signalfd(-1, all, flags));
        if (descriptor >= 0) {
            SignalH.sigprocmask(SignalH.SIG_SETMASK, all, NativeStrings.NULL);
        }
        StdlibH.free(all);
        return descriptor;
    }

    static int next(int descriptor) {
        int size = Structure.sizeOf(SignalfdSiginfo.class);
        return UnistdH.read(descriptor, INFO.toAddress(), size) == size ? INFO.ssi_signo : 0;
    }
}
