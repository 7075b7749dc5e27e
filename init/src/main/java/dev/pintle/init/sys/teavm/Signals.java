package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Signal;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** Signals as something to read. */
final class Signals {
    private static final int SET_SIZE = 128;
    private static final int WINCH = 28;
    private static final Address NO_SIGNALS = ChildSetUp.zeroed(SET_SIZE);
    private static final int KERNEL_SET_SIZE = 8;
    /** The kernel's struct sigaction and its set; all zeros is the default disposition on every architecture. */
    private static final Address DEFAULT_ACTION = ChildSetUp.zeroed(32);

    private static final SignalfdSiginfo INFO =
            StdlibH.malloc(Structure.sizeOf(SignalfdSiginfo.class)).toStructure();

    private Signals() {}

    static int open() {
        resetAll(Signal.URG);
        Address all = StdlibH.malloc(SET_SIZE);
        Address.fill(all, (byte) 0xff, SET_SIZE);
        // Before any handler is there.
        SignalH.sigprocmask(SignalH.SIG_SETMASK, all, NativeStrings.NULL);
        int flags = SysSignalfdH.SFD_CLOEXEC | SysSignalfdH.SFD_NONBLOCK;
        int descriptor = ErrnoH.result(SysSignalfdH.signalfd(-1, all, flags));
        StdlibH.free(all);
        return Descriptors.isRefused(descriptor) ? HandledSignals.open() : descriptor;
    }

    /**
     * An exec'd process inherits no handler, but may inherit that signals are ignored (nohup, some container runtimes).
     * sigaction(3) refuses the three that musl keeps for itself, and sigfillset(3) leaves them out; the kernel does not.
     *
     * @param except a signal that is left as it is, or 0. To reset one that is ignored by default discards it where it is pending
     *               (POSIX, 2.4.3): a logger would not hear of a run that has ended before it was there.
     */
    private static void resetAll(int except) {
        int number = SysSyscallH.SYS_rt_sigaction();
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            if (signal != except) {
                SysSyscallH.syscall(number, signal, DEFAULT_ACTION, NativeStrings.NULL, KERNEL_SET_SIZE);
            }
        }
    }

    /** Called by a child: what it is sent from now on is its own affair. Until it has executed it has init's handlers. */
    static void letIn() {
        if (HandledSignals.used()) {
            resetAll(0);
        }
        SignalH.sigprocmask(SignalH.SIG_SETMASK, NO_SIGNALS, NativeStrings.NULL);
    }

    static int next(int descriptor) {
        int size = HandledSignals.used() ? 1 : Structure.sizeOf(SignalfdSiginfo.class);
        Address info = INFO.toAddress();
        if (UnistdH.read(descriptor, info, size) != size) {
            return 0;
        }
        return size == 1 ? info.getByte() : INFO.ssi_signo;
    }

    /** Handlers are not told; then a change of the terminal's size is the most that the kernel sends by itself. */
    static boolean lastIsTheKernels() {
        return HandledSignals.used() ? INFO.toAddress().getByte() == WINCH : INFO.ssi_code == SignalH.SI_KERNEL;
    }
}
