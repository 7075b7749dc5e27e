package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.Output;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Printable;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what services have written, from the places that the init names: in the order of time where lines have times; streams
 * without come first, one after the other.
 */
final class LogReader {
    /** How often it is looked for more, in milliseconds. */
    private static final long PAUSE = 200;

    private static final byte[] NEWLINE = {'\n'};

    private final ToolSys sys;
    private final Output output;
    private final LogOutput shown;
    private final List<LogTail> tails = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();
    private boolean several;
    private LogRange range = LogRange.last(0);
    /** The one that has begun a line and not ended it; null for none. */
    private @Nullable LogTail inLine;

    LogReader(ToolSys sys, Output output, List<Message> streams) {
        this.sys = sys;
        this.output = output;
        this.shown = new LogOutput(sys);
        for (Message stream : streams) {
            if (stream.text("path").isEmpty()) {
                elsewhere.add(stream.text("elsewhere"));
            } else {
                add(new LogTail(sys, output, stream));
            }
        }
    }

    /** Both streams of a service may go to one file. */
    private void add(LogTail tail) {
        for (LogTail other : tails) {
            several |= !other.service.equals(tail.service);
            if (other.service.equals(tail.service) && other.path.equals(tail.path)) {
                return;
            }
        }
        tails.add(tail);
    }

    /**
     * Shows the last lines, and what follows where that is wanted.
     *
     * @return the exit code
     */
    int show(LogRange wanted, boolean follow) {
        range = wanted;
        boolean open = !tails.isEmpty();
        for (LogTail tail : tails) {
            String trouble = tail.open(range.isByTime() ? Integer.MAX_VALUE : range.most(true));
            if (!trouble.isEmpty()) {
                output.complain(trouble);
                open = false;
            }
        }
        for (String each : elsewhere) {
            output.complain(each);
        }
        if (range.isByTime() || range.most(true) < Integer.MAX_VALUE) {
            count();
        }
        showMore();
        while (open && follow && sys.wallClockNanos() < range.until()) {
            sys.poll(new PollSet(), PAUSE);
            look();
            showMore();
        }
        for (LogTail tail : tails) {
            open &= !tail.failed();
        }
        return open ? ExitCode.OK : ExitCode.FAILED;
    }

    // Which of the lines that are there at first are left out

    /** The last lines are those of a service where times tell which these are, else those of each stream. */
    private void count() {
        for (LogTail tail : tails) {
            while (tail.isReady()) {
                if (tail.begins()) {
                    tail.lines++;
                    tail.inRange += range.has(tail.time()) ? 1 : 0;
                }
                tail.done();
            }
            tail.rewind();
            if (tail.timed) {
                tail.sharer = sharer(tail);
                tail.sharer.excess += tail.inRange;
            } else {
                tail.excess = tail.lines;
                if (range.isByTime() && tail.lines > 0) {
                    output.complain(
                            "cannot tell when " + tail.service + " wrote to its " + tail.stream
                                    + ": its lines have no times, and the last of them are shown (timestamp = iso8601 gives them times)");
                }
            }
        }
        for (LogTail tail : tails) {
            tail.excess = Math.max(0, tail.excess - range.most(tail.timed));
        }
    }

    private LogTail sharer(LogTail tail) {
        for (LogTail other : tails) {
            if (other.timed && other.service.equals(tail.service)) {
                return other;
            }
        }
        return tail;
    }

    /** Whether the line that begins here is left out. */
    private boolean isLeftOut(LogTail tail) {
        if (tail.timed && !range.has(tail.time())) {
            return true;
        }
        if (tail.sharer.excess > 0) {
            tail.sharer.excess--;
            return true;
        }
        return false;
    }

    // Showing

    private void showMore() {
        List<LogTail> ready = new ArrayList<>();
        for (LogTail tail : tails) {
            if (tail.isReady()) {
                ready.add(tail);
            }
        }
        while (!ready.isEmpty()) {
            LogTail tail = first(ready);
            if (tail.begins()) {
                tail.leftOut = isLeftOut(tail);
            }
            if (!tail.leftOut) {
                show(tail);
            }
            tail.done();
            if (!tail.isReady()) {
                ready.remove(tail);
            }
        }
        shown.flush();
    }

    /** The one that goes on with the line that was begun, else the one whose line is the earliest. */
    private LogTail first(List<LogTail> ready) {
        LogTail first = ready.get(0);
        for (LogTail tail : ready) {
            if (tail == inLine && !tail.begins()) {
                return tail;
            }
            if (tail.time() < first.time()) {
                first = tail;
            }
        }
        return first;
    }

    private void show(LogTail tail) {
        boolean goesOn = tail == inLine;
        if (!goesOn) {
            endLine();
        }
        byte[] prefix = RawText.encode(Printable.line(tail.service) + " | ");
        if (several && !goesOn && !(tail.begins() && tail.isNamed(prefix))) {
            shown.put(tail.descriptor(), prefix, 0, prefix.length);
        }
        shown.put(tail.descriptor(), tail.bytes(), tail.start(), tail.end());
        inLine = tail.ends() ? null : tail;
    }

    private void endLine() {
        if (inLine != null) {
            shown.put(inLine.descriptor(), NEWLINE, 0, 1);
            inLine = null;
        }
    }

    private void look() {
        for (LogTail tail : tails) {
            long gone = tail.look();
            if (gone > 0) {
                endLine();
                byte[] gap = RawText.encode("(" + gone + " bytes came too fast)\n");
                shown.put(tail.descriptor(), gap, 0, gap.length);
            }
        }
    }
}
