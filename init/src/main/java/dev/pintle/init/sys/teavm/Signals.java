package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Signal;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** Signals as something to read. */
final class Signals {
    private static final int SET_SIZE = 128;

    private static final SignalfdSiginfo INFO =
            StdlibH.malloc(Structure.sizeOf(SignalfdSiginfo.class)).toStructure();

    private Signals() {}

    /**
     * An exec'd process inherits no handler, but may inherit that signals are ignored (nohup, some container runtimes).
     * The set has every bit, where sigfillset(3) leaves out the three that musl keeps for itself.
     */
    static int open() {
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            SignalH.signal(signal, NativeStrings.NULL);
        }
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
