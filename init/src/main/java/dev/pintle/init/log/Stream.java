package dev.pintle.init.log;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ToolSys;
import org.jspecify.annotations.Nullable;

/** One pipe that lines come from. See the package's page for how none is lost. */
final class Stream {
    private static final int LARGEST = 1 << 15;
    /** Milliseconds for which the rest of a line is waited for, where lines go out as they come in. */
    private static final long PATIENCE = 40;

    private static final byte[] NEWLINE = {'\n'};

    private final ToolSys sys;
    private final int pipe;
    /** The file in memory, or -1 where there is none or it cannot be used. */
    private int hold;

    private final long kept;

    final Rendering rendering;
    private final byte[] buffer = new byte[LARGEST];
    private int filled;
    private boolean ended;
    /** Whether a part of a line has been written whose rest has not. */
    private boolean inLine;
    /** When the part of a line in the buffer is to go out without its rest. */
    private long partAt = Long.MAX_VALUE;
    /** Whether lines that were left out are still in the hold, which could not be blanked. */
    private boolean exposed;

    /** Of the hold: how far it is filled, how far it was written, and what was given back. */
    private long end = LogPipes.TIMES;

    private long start = LogPipes.TIMES;
    private long released = LogPipes.TIMES;

    private LineTimes.@Nullable Writer times;

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
        times = new LineTimes.Writer(sys, hold);
        end = Math.max(LogPipes.TIMES, sys.sizeOf(hold));
        start = Math.max(LogPipes.TIMES, Math.min(sys.offset(hold), end));
        released = Math.max(LogPipes.TIMES, start - kept);
        inLine = start > LogPipes.TIMES && sys.readAt(hold, start - 1, buffer, 0, 1) == 1 && buffer[0] != '\n';
        if (inLine) {
            rendering.continueLine();
        }
        for (Sink sink : rendering.sinks) {
            // A part of a line that was written for good stays, and is gone on with.
            if (!inLine && sink instanceof FileSink file) {
                file.mend(end > start);
            }
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
        sys.seek(hold, LogPipes.TIMES);
        start = LogPipes.TIMES;
        end = LogPipes.TIMES;
        released = LogPipes.TIMES;
        if (times != null) {
            times.startOver();
        }
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
        if (times != null) {
            times.note(end);
        }
        return got;
    }

    private void write() {
        int whole = Lines.lastEnd(buffer, 0, filled);
        if (whole == 0 && filled == LARGEST) {
            addPart();
        } else if (whole > 0) {
            if (rendering.isPlain()) {
                rendering.pass(buffer, 0, whole);
            } else {
                addLines(whole);
            }
            written(whole);
        }
        if (filled == 0 || !rendering.isPlain()) {
            partAt = Long.MAX_VALUE;
        } else if (whole > 0 || partAt == Long.MAX_VALUE) {
            partAt = sys.monotonicMillis() + PATIENCE;
        }
    }

    private void addLines(int whole) {
        long now = sys.wallClockNanos();
        int from = 0;
        int passed = 0;
        while (from < whole) {
            int to = sys.find((byte) '\n', buffer, from, whole);
            if (rendering.add(buffer, afterBlank(from, to), to, true, now)) {
                blank(passed, from);
                passed = to + 1;
            }
            from = to + 1;
        }
        blank(passed, whole);
        rendering.flush();
    }

    /** Lines that were left out are none of what is kept. */
    private void blank(int from, int to) {
        if (hold >= 0 && from < to && sys.release(hold, start + from, to - from) != 0) {
            exposed = true;
        }
    }

    /** A logger that was killed may have left lines blank and not gone past them. */
    private int afterBlank(int from, int to) {
        int at = from;
        while (hold >= 0 && rendering.mayLeaveOut() && at < to && buffer[at] == 0) {
            at++;
        }
        return at;
    }

    /** A line that is longer than the buffer goes out in parts. */
    private void addPart() {
        if (rendering.isPlain()) {
            rendering.pass(buffer, 0, filled);
        } else {
            if (!rendering.add(buffer, 0, filled, false, sys.wallClockNanos())) {
                blank(0, filled);
            }
            rendering.flush();
        }
        written(filled);
    }

    /** When {@link #passPart} has something to do; the latest time there is for never. */
    long partAt() {
        return ended ? Long.MAX_VALUE : partAt;
    }

    /** Passes on what has been there for a while without the rest of its line: a prompt, or dots that tell of progress. */
    void passPart(long now) {
        if (partAt <= now) {
            addPart();
            partAt = Long.MAX_VALUE;
        }
    }

    /** What was begun has no end of its own, as the run that wrote it has ended: it is a line. */
    void endLine() {
        if (filled == 0 && !inLine) {
            return;
        }
        buffer[filled++] = '\n';
        write();
        if (hold >= 0 && start > end) {
            // What is kept has it, too.
            sys.seek(hold, end);
            byte[] last = rendering.hasLeftOut() ? new byte[1] : NEWLINE;
            end += Math.max(0, sys.write(hold, last, 0, 1));
            start = end;
        }
    }

    private void written(int size) {
        inLine = buffer[size - 1] != '\n';
        System.arraycopy(buffer, size, buffer, 0, filled - size);
        filled -= size;
        if (hold < 0) {
            return;
        }
        start += size;
        sys.seek(hold, start);
        if (exposed && filled == 0) {
            exposed = false;
            startOver();
        }
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
        endLine();
        rendering.reportDropped(Long.MAX_VALUE);
        rendering.flush();
    }
}
