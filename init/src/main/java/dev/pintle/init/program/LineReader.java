package dev.pintle.init.program;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what the init says line by line. */
final class LineReader {
    /** A deadline that never comes. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private static final int LONGEST_LINE = 16 * 1024 * 1024;

    private final Sys sys;
    private final int connection;
    private final PollSet set = new PollSet();
    private byte[] buffer = new byte[4096];
    private int size;
    /** Up to where the buffer has been searched for the end of a line. */
    private int searched;

    LineReader(Sys sys, int connection) {
        this.sys = sys;
        this.connection = connection;
    }

    /**
     * The next line without its end; null at the end of what the init says.
     *
     * @param deadline on the clock that never jumps, or {@link #FOR_EVER}
     */
    @Nullable
    String next(long deadline) throws Client.NoReplyException {
        while (true) {
            while (searched < size) {
                if (buffer[searched++] == '\n') {
                    return take();
                }
            }
            if (!readMore(deadline)) {
                return null;
            }
        }
    }

    private String take() {
        String line = RawText.decode(buffer, 0, searched - 1);
        System.arraycopy(buffer, searched, buffer, 0, size - searched);
        size -= searched;
        searched = 0;
        return line;
    }

    private boolean readMore(long deadline) throws Client.NoReplyException {
        if (size == LONGEST_LINE) {
            throw new Client.NoReplyException(ExitCode.FAILED, "cannot read the init's reply: it is too long");
        }
        if (size == buffer.length) {
            buffer = Arrays.copyOf(buffer, size * 2);
        }
        while (true) {
            awaitInput(deadline);
            int got = sys.read(connection, buffer, size, buffer.length - size);
            if (got > 0) {
                size += got;
                return true;
            }
            if (got != -Errno.EINTR && got != -Errno.EAGAIN) {
                return false;
            }
        }
    }

    private void awaitInput(long deadline) throws Client.NoReplyException {
        while (true) {
            long left = deadline == FOR_EVER ? -1 : deadline - sys.monotonicMillis();
            if (deadline != FOR_EVER && left <= 0) {
                throw new Client.NoReplyException(
                        ExitCode.TIMED_OUT,
                        "timed out: the init does not answer (ps shows its state as T where it is stopped); what was asked for may"
                                + " still happen");
            }
            set.clear();
            set.add(connection, PollSet.READABLE);
            if (sys.poll(set, left) > 0) {
                return;
            }
        }
    }
}
