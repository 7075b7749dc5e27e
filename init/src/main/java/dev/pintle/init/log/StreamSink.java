package dev.pintle.init.log;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Sys;

/**
 * A stream that others write to as well. A pipe takes up to 4096 bytes in one piece (PIPE_BUF of limits.h), so no more is
 * written at once, and that ends with a line: lines of several loggers do not run into each other.
 */
final class StreamSink implements Sink {
    private static final int PIECE = 4096;

    private final Sys sys;
    private final int descriptor;
    private final PollSet set = new PollSet();

    StreamSink(Sys sys, int descriptor) {
        this.sys = sys;
        this.descriptor = descriptor;
    }

    /** A stream that nobody reads any more takes no lines, and there is nobody to tell. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int piece = end - at;
            if (piece > PIECE) {
                int whole = Lines.lastEnd(bytes, at, at + PIECE) - at;
                piece = whole > 0 ? whole : PIECE;
            }
            int result = sys.write(descriptor, bytes, at, piece);
            if (result == -Errno.EAGAIN) {
                set.clear();
                set.add(descriptor, PollSet.WRITABLE);
                sys.poll(set, -1);
            } else if (result < 0 && result != -Errno.EINTR) {
                return;
            } else {
                at += Math.max(result, 0);
            }
        }
    }

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public void reopen() {}

    @Override
    public void rotate() {}

    @Override
    public boolean work() {
        return false;
    }

    @Override
    public void close() {}
}
