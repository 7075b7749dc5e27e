package dev.pintle.init.log;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ToolSys;

/** One pipe that lines come from. See the package's page for how none is lost. */
final class Stream {
    private static final int LARGEST = 1 << 15;

    private final ToolSys sys;
    private final int pipe;
    /** The file in memory, or -1 where there is none or it cannot be used. */
    private int hold;

    private final long kept;

    final Rendering rendering;
    private final byte[] buffer = new byte[LARGEST];
    private int filled;
    private boolean ended;
    /** Of the hold: how far it is filled, how far it was written, and what was given back. */
    private long end;

    private long start;
    private long released;

    /**
     * A stream.
     *
     * @param hold a file in memory that outlives this process, or -1
     * @param kept bytes that stay there of what was written
     */
    Stream(ToolSys sys, int pipe, int hold, long kept, Rendering rendering) {
        this.kept = kept;
        this.sys = sys;
        this.pipe = pipe;
        this.hold = hold;
        this.rendering = rendering;
        if (hold >= 0) {
            resume();
        }
    }

    /** Goes on where a logger before this one was killed. */
    private void resume() {
        end = sys.sizeOf(hold);
        start = Math.min(sys.offset(hold), end);
        released = Math.max(0, start - kept);
        boolean comesAgain = end > start;
        for (Sink sink : rendering.sinks) {
            if (sink instanceof FileSink file) {
                file.mend(comesAgain);
            }
        }
        if (start > 0 && sys.readAt(hold, start - 1, buffer, 0, 1) == 1 && buffer[0] != '\n') {
            rendering.continueLine();
        }
        while (filled < end - start && filled < LARGEST) {
            int got = sys.readAt(hold, start + filled, buffer, filled, LARGEST - filled);
            if (got <= 0) {
                break;
            }
            filled += got;
        }
        // A full buffer has no room to take more, and nothing to take looks like the end.
        write();
    }

    int pipe() {
        return pipe;
    }

    boolean ended() {
        return ended;
    }

    /** Takes what is there and writes its lines; whether there was anything. */
    boolean take() {
        int got = hold < 0 ? read() : move();
        if (hold >= 0 && isFailure(got)) {
            doWithoutHold();
            got = read();
        }
        if (got == 0 || isFailure(got)) {
            ended = true;
        }
        if (got > 0) {
            filled += got;
            write();
        }
        return got > 0;
    }

    private static boolean isFailure(int result) {
        return result < 0 && result != -Errno.EAGAIN && result != -Errno.EINTR;
    }

    private int read() {
        return sys.read(pipe, buffer, filled, LARGEST - filled);
    }

    /**
     * Goes on where splice(2) is refused or memory is full: a KILL costs lines then, and there are none to show. The next
     * logger finds an empty hold, and tries again.
     */
    private void doWithoutHold() {
        startOver();
        hold = -1;
    }

    /** Empties the hold. A KILL in between leaves an offset beyond its end, which counts as the end. */
    private void startOver() {
        sys.truncate(hold, 0);
        sys.seek(hold, 0);
        start = 0;
        end = 0;
        released = 0;
    }

    private int move() {
        int moved = sys.move(pipe, hold, end, LARGEST - filled);
        if (moved <= 0) {
            return moved;
        }
        int got = 0;
        while (got < moved) {
            int read = sys.readAt(hold, end + got, buffer, filled + got, moved - got);
            if (read <= 0) {
                break;
            }
            got += read;
        }
        end += moved;
        return got;
    }

    private void write() {
        int whole = Lines.lastEnd(buffer, 0, filled);
        if (whole == 0 && filled == LARGEST) {
            addPart();
            return;
        }
        if (whole == 0) {
            return;
        }
        if (rendering.isPlain()) {
            rendering.pass(buffer, 0, whole);
        } else {
            long now = sys.wallClockNanos();
            int from = 0;
            while (from < whole) {
                int to = sys.find((byte) '\n', buffer, from, whole);
                rendering.add(buffer, from, to, true, now);
                from = to + 1;
            }
            rendering.flush();
        }
        written(whole);
    }

    /** A line that is longer than the buffer goes out in parts. */
    private void addPart() {
        if (rendering.isPlain()) {
            rendering.pass(buffer, 0, filled);
        } else {
            rendering.add(buffer, 0, filled, false, sys.wallClockNanos());
            rendering.flush();
        }
        written(filled);
    }

    private void written(int size) {
        System.arraycopy(buffer, size, buffer, 0, filled - size);
        filled -= size;
        if (hold < 0) {
            return;
        }
        start += size;
        sys.seek(hold, start);
        if (start - released > 2 * kept) {
            if (sys.release(hold, released, start - kept - released) == 0) {
                released = start - kept;
            } else if (filled == 0) {
                // Not every kernel can make a hole (gVisor): what was written is given back at once, with what was
                // kept.
                startOver();
            }
        }
    }

    /** Writes what is left when no more comes, with an end of line where it has none. */
    void finish() {
        if (filled > 0) {
            rendering.add(buffer, 0, filled, true, sys.wallClockNanos());
            written(filled);
        }
        rendering.reportDropped(Long.MAX_VALUE);
        rendering.flush();
    }
}
