package dev.pintle.init.sys.jnr;

import dev.pintle.init.sys.Signal;
import java.nio.ByteBuffer;
import jnr.posix.util.SunMiscSignal;
import org.jspecify.annotations.Nullable;

/**
 * Signals that pend as a set, and a pipe that holds a byte while any does. signalfd(2) is of no use here: it wants the
 * signals blocked in every thread, and a JVM's threads are not all ours.
 */
final class SignalPipe {
    /** Who hears of signals; a JVM has one set of handlers. */
    private static volatile @Nullable SignalPipe current;

    private final ByteBuffer oneByte = ByteBuffer.allocate(1);
    private final int readingEnd;
    private final int writingEnd;
    private long pending;

    private SignalPipe(int readingEnd, int writingEnd) {
        this.readingEnd = readingEnd;
        this.writingEnd = writingEnd;
    }

    /** Begins to receive signals. */
    static @Nullable SignalPipe open() {
        int[] ends = new int[2];
        if (LibC.LIBC.pipe2(ends, LibC.O_CLOEXEC | LibC.O_NONBLOCK) < 0) {
            return null;
        }
        SignalPipe pipe = new SignalPipe(ends[0], ends[1]);
        current = pipe;
        for (jnr.constants.platform.Signal signal : jnr.constants.platform.Signal.values()) {
            if (signal.defined()) {
                handle(signal);
            }
        }
        return pipe;
    }

    private static void handle(jnr.constants.platform.Signal signal) {
        try {
            SunMiscSignal.signal(signal, SignalPipe::raiseCurrent);
        } catch (IllegalArgumentException e) {
            // One of the JVM's own, or KILL or STOP, which nobody can handle.
        }
    }

    private static void raiseCurrent(int signal) {
        SignalPipe pipe = current;
        if (pipe != null) {
            pipe.raise(signal);
        }
    }

    int readingEnd() {
        return readingEnd;
    }

    /** Closes it; its end to read from is closed by who closes descriptors. */
    void closeWritingEnd() {
        if (current == this) {
            current = null;
        }
        LibC.LIBC.close(writingEnd);
    }

    synchronized void raise(int signal) {
        if (signal < 1 || signal > Signal.MAX) {
            return;
        }
        if (pending == 0) {
            oneByte.clear();
            LibC.LIBC.write(writingEnd, oneByte, 1);
        }
        pending |= 1L << (signal - 1);
    }

    /** Takes the lowest; 0 where none pends. */
    synchronized int next() {
        if (pending == 0) {
            return 0;
        }
        int signal = Long.numberOfTrailingZeros(pending) + 1;
        pending &= pending - 1;
        if (pending == 0) {
            oneByte.clear();
            LibC.LIBC.read(readingEnd, oneByte, 1);
        }
        return signal;
    }
}
