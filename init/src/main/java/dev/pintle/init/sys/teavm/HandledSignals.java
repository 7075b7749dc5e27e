package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Signal;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/**
 * Signals as something to read where signalfd(2) is refused: handlers write their numbers to a pipe. They are let in while
 * poll waits and at no other time, so that no other system call is interrupted by one.
 */
final class HandledSignals {
    /** As many bytes as there are signals, each with its own index as value: a handler changes no memory. */
    private static final Address NUMBERS = numbers();
    /** Blocks those that the C library keeps for itself and lets nobody handle; the default action of these is to kill. */
    private static final Address WHILE_WAITING = ofTheLibrary();

    private static final Timespec TIME =
            StdlibH.malloc(Structure.sizeOf(Timespec.class)).toStructure();
    private static final int NONE = -1;
    private static final int SET_SIZE = 128;
    private static final long FIRST_OF_THE_LIBRARY = 32;

    private static int writer = NONE;

    private HandledSignals() {}

    /** Installs handlers; the pipe's end to read from, or a negated errno. */
    static int open() {
        int[] ends = new int[2];
        int result = Descriptors.pipe(ends);
        if (result < 0) {
            return result;
        }
        writer = ends[1];
        SignalHandler note = SignalHandler.get(SignalHandler.class, HandledSignals.class, "note");
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            SignalH.signal(signal, note);
        }
        return ends[0];
    }

    /** Whether signals come this way. */
    static boolean used() {
        return writer != NONE;
    }

    /** The handler. Where the pipe is full, nobody has read for thousands of signals, and one more changes nothing. */
    static void note(int signal) {
        UnistdH.write(writer, NUMBERS.add(signal), 1);
    }

    /** poll(2) that lets signals in, first those that are pending: it would not see to them while a descriptor is ready. */
    static int poll(Address entries, int size, int timeoutMillis) {
        setTime(0);
        PollH.ppoll(entries, 0, TIME.toAddress(), WHILE_WAITING);
        setTime(timeoutMillis);
        return PollH.ppoll(entries, size, timeoutMillis < 0 ? NativeStrings.NULL : TIME.toAddress(), WHILE_WAITING);
    }

    private static void setTime(int millis) {
        TIME.tv_sec = millis / 1000;
        TIME.tv_nsec = millis % 1000 * 1_000_000L;
    }

    private static Address numbers() {
        Address numbers = StdlibH.malloc(Signal.MAX + 1);
        for (int signal = 0; signal <= Signal.MAX; signal++) {
            numbers.add(signal).putByte((byte) signal);
        }
        return numbers;
    }

    private static Address ofTheLibrary() {
        Address set = StdlibH.malloc(SET_SIZE);
        Address.fillZero(set, SET_SIZE);
        set.putLong(7L << (FIRST_OF_THE_LIBRARY - 1));
        return set;
    }
}
