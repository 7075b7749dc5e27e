package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what services have written, from the places that the init names: in the order of time where lines have times; streams
 * without come first, one after the other.
 */
public final class LogReader {
    /** How often it is looked for more, in milliseconds. */
    private static final long PAUSE = 200;

    /** How often it is asked for new places, in milliseconds. */
    private static final long PAUSE_OF_PLACES = 1_000;

    private final ToolSys sys;
    private final LogView view;
    private final List<LogTail> tails = new ArrayList<>();
    private final List<Message> places;
    /** Services with a stream that could not be opened. */
    private final List<String> troubled = new ArrayList<>();
    /** Whether services were named: then it is said of each what cannot be shown. */
    private final boolean named;
    /** Whether there may be lines later, of what has none to show now. */
    private boolean mayCome;

    private boolean several;
    private LogRange range = LogRange.last(0);
    /** The one that has begun a line and not ended it; null for none. */
    private @Nullable LogTail inLine;

    /**
     * Reads what is at some places.
     *
     * @param named   whether services were named: then it is said of each what cannot be shown
     * @param streams the init's answer to a request for logs
     */
    public LogReader(ToolSys sys, LogView view, boolean named, List<Message> streams) {
        this.sys = sys;
        this.view = view;
        this.named = named;
        this.places = streams;
        for (Message stream : streams) {
            if (!stream.raw("path").isEmpty()) {
                add(new LogTail(sys, view, stream));
            }
        }
    }

    /** Says where the output of services is by now; nothing where nobody knows. */
    public interface Places {
        /** Its places. */
        List<Message> now();
    }

    /** Both streams of a service may go to one file. */
    private void add(LogTail tail) {
        for (LogTail other : tails) {
            several |= !other.service().equals(tail.service());
            if (other.service().equals(tail.service()) && other.path.equals(tail.path)) {
                return;
            }
        }
        tails.add(tail);
    }

    /**
     * Shows the last lines.
     *
     * @return the exit code
     */
    public int show(LogRange wanted) {
        range = wanted;
        return end(begin(""));
    }

    /**
     * Shows the last lines and what follows, also of a service that gets a logger or a file later.
     *
     * @param changes where to ask for that
     * @return the exit code, where there is nothing to wait for, or {@code --until} has come
     */
    public int follow(LogRange wanted, Places changes) {
        range = wanted;
        noteChances(places);
        for (Message stream : places) {
            several |= !stream.text("service").equals(places.get(0).text("service"));
        }
        boolean whole = begin("; lines that a logger gets are shown as they come");
        long asked = sys.monotonicMillis();
        while ((mayCome || !tails.isEmpty()) && sys.wallClockNanos() < range.until()) {
            view.pause(PAUSE);
            look();
            showMore();
            if (sys.monotonicMillis() - asked >= PAUSE_OF_PLACES) {
                takeOver(changes.now());
                asked = sys.monotonicMillis();
                showMore();
            }
        }
        return end(whole);
    }

    /**
     * Shows what is there, and says what is not.
     *
     * @param hope what is said of that where more is waited for
     * @return whether all that was asked for was shown
     */
    private boolean begin(String hope) {
        boolean whole = open();
        whole &= sayWhatIsMissing(hope);
        if (range.isByTime() || range.most(true) < Integer.MAX_VALUE) {
            whole &= count();
        }
        showMore();
        return whole;
    }

    private int end(boolean whole) {
        boolean good = whole;
        for (LogTail tail : tails) {
            good &= !tail.failed();
        }
        view.end();
        return good ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Whether all could be opened; those that cannot are named and left out. */
    private boolean open() {
        boolean open = true;
        for (LogTail tail : new ArrayList<>(tails)) {
            String trouble = tail.open(range.isByTime() ? Integer.MAX_VALUE : range.most(true));
            if (!trouble.isEmpty()) {
                view.complain(trouble);
                tails.remove(tail);
                troubled.add(tail.service());
                open = false;
            }
        }
        return open;
    }

    /** Whether something is shown of each service that was named. */
    private boolean sayWhatIsMissing(String hope) {
        LogGaps gaps = new LogGaps();
        for (String service : troubled) {
            gaps.noteReadable(service);
        }
        boolean missing = false;
        for (LogTail tail : tails) {
            if (tail.isMissing()) {
                missing |= hope.isEmpty();
                view.complain("cannot show the output of " + tail.service() + ": " + tail.path + " does not exist"
                        + (hope.isEmpty() ? "" : " yet; its lines are shown as they come"));
            }
        }
        for (LogTail tail : tails) {
            if (!tail.isEmpty() || tail.elsewhere.isEmpty()) {
                gaps.noteReadable(tail.service());
            }
        }
        for (Message stream : places) {
            if (!stream.text("elsewhere").isEmpty()) {
                gaps.add(stream);
            }
        }
        List<String> sentences = gaps.sentences(!named, hope);
        if (sentences.isEmpty() && tails.isEmpty() && troubled.isEmpty()) {
            sentences.add(
                    "cannot show the output of any service: none has a file or a logger; the engine shows what goes"
                            + " to the container's own streams (docker logs)" + (mayCome ? hope : ""));
        }
        for (String sentence : sentences) {
            view.complain(sentence);
        }
        return named ? !gaps.hasWhole() && !missing : sentences.isEmpty();
    }

    // What changes while it is followed

    private void noteChances(List<Message> streams) {
        mayCome = false;
        for (Message stream : streams) {
            mayCome |= stream.flag("later");
        }
    }

    /** Goes on with what there is by now; of what is new all is shown. */
    private void takeOver(List<Message> streams) {
        if (streams.isEmpty()) {
            return;
        }
        noteChances(streams);
        List<LogTail> gone = new ArrayList<>();
        for (LogTail tail : tails) {
            if (tail.kept > 0) {
                gone.add(tail);
            }
        }
        for (Message stream : streams) {
            LogTail known = known(stream);
            if (known != null) {
                gone.remove(known);
            } else if (!stream.raw("path").isEmpty()) {
                LogTail tail = new LogTail(sys, view, stream);
                // It may have gone again; and whose it is not to read has been said.
                if (tail.open(Integer.MAX_VALUE).isEmpty()) {
                    several |= !tails.isEmpty() && !tails.get(0).service().equals(tail.service());
                    tails.add(tail);
                }
            }
        }
        if (!gone.isEmpty()) {
            look();
            showMore();
        }
        for (LogTail tail : gone) {
            drop(tail);
        }
    }

    private @Nullable LogTail known(Message stream) {
        for (LogTail tail : tails) {
            if (tail.service().equals(stream.text("service"))
                    && tail.path.equals(stream.raw("path"))
                    && tail.isCurrent()) {
                return tail;
            }
        }
        return null;
    }

    private void drop(LogTail tail) {
        if (inLine == tail) {
            endLine();
        }
        tail.close();
        tails.remove(tail);
    }

    // Which of the lines that are there at first are left out

    /**
     * The last lines are those of a service where times tell which these are, else those of each stream.
     *
     * @return whether lines could be chosen as they are asked for
     */
    private boolean count() {
        boolean whole = true;
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
                    whole = false;
                    view.complain("cannot tell when " + tail.service() + " wrote to its " + tail.stream()
                            + ": its lines have no times, and the last of them are shown (timestamp = iso8601 gives"
                            + " them times)");
                }
            }
        }
        for (LogTail tail : tails) {
            tail.excess = Math.max(0, tail.excess - range.most(tail.timed));
        }
        return whole;
    }

    private LogTail sharer(LogTail tail) {
        for (LogTail other : tails) {
            if (other.timed && other.service().equals(tail.service())) {
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
        view.flush();
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
        view.show(tail, goesOn, several);
        inLine = tail.ends() ? null : tail;
    }

    private void endLine() {
        LogTail begun = inLine;
        if (begun != null) {
            view.endLine(begun);
            inLine = null;
        }
    }

    private void look() {
        for (LogTail tail : tails) {
            long gone = tail.look();
            if (gone > 0) {
                endLine();
                view.gap(tail, gone);
            }
        }
    }
}
