package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.log.Gunzip;
import dev.pintle.init.log.LineTimes;
import dev.pintle.init.log.Lines;
import dev.pintle.init.log.TimeReader;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of one stream of a service, line by line: of a file that grows and those that were set aside before, or of what a logger
 * keeps in memory. A line that is longer than the buffer, or not yet at its end, comes in pieces.
 */
public final class LogTail {
    private static final int PIECE = 8192;

    private final ToolSys sys;
    private final LogView view;
    private final LogFiles aside;
    private final String service;
    private final String stream;
    final String path;
    /** How much of the end can be read; 0 for all. */
    final long kept;
    /** Where else its lines are, or were; empty where they are all here. */
    final String elsewhere;

    /** From the oldest on, and which of them is being read. */
    private final List<LogFile> files = new ArrayList<>();

    private int current;

    private final byte[] buffer = new byte[PIECE];
    private int filled;
    /** The piece that is at hand is from here to {@link #end}. */
    private int start;

    private int end;
    private boolean begins;
    private boolean inLine;
    /** How many more lines are passed over where reading begins. */
    private long toPass;

    private final TimeReader timeReader = new TimeReader();
    /** Of what a logger keeps in memory. */
    private final LineTimes times = new LineTimes();
    /** Whether the time of the line that is at hand is told by these alone. */
    boolean dated;

    private long time = TimeReader.UNKNOWN;
    private int textStart;

    // While the place is looked for where the last lines begin.
    private int left;
    private boolean atEnd;

    // What the reader counts.
    long lines;
    long inRange;
    /** Whether any line has a time. */
    boolean timed;
    /** How many lines are still left out, of this one and those that share it. */
    long excess;

    LogTail sharer = this;
    boolean leftOut;

    LogTail(ToolSys sys, LogView view, Message place) {
        this.sys = sys;
        this.view = view;
        this.service = place.text("service");
        this.stream = place.text("stream");
        this.path = place.raw("path");
        this.kept = place.number("kept", 0);
        this.elsewhere = place.text("elsewhere");
        this.aside = new LogFiles(sys, view, path);
    }

    /** The service that writes. */
    public String service() {
        return service;
    }

    /** Where to: {@code stdout} or {@code stderr}. */
    public String stream() {
        return stream;
    }

    /** The descriptor that it is shown on. */
    int descriptor() {
        return stream.equals("stderr") ? 2 : 1;
    }

    boolean failed() {
        return aside.failed;
    }

    /** Whether there is nothing in it so far. */
    boolean isEmpty() {
        for (LogFile file : files) {
            if (!file.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is no file at all. */
    boolean isMissing() {
        return files.isEmpty();
    }

    /** Whether its path still leads to what is read: a logger may have a new file in memory at the place of its old one. */
    boolean isCurrent() {
        return kept == 0 || (!files.isEmpty() && files.get(files.size() - 1).isAt(path));
    }

    void close() {
        LogFiles.closeAll(files);
    }

    // Where reading begins

    /**
     * Goes to where the last lines begin.
     *
     * @return what is wrong, or nothing
     */
    String open(int lines) {
        for (int tries = 0; tries < LogFiles.TRIES; tries++) {
            LogFiles.closeAll(files);
            LogFile newest = new LogFile(sys, path, false, first());
            boolean isThere = newest.errno() != Errno.ENOENT || kept > 0;
            if (isThere && newest.errno() != 0) {
                return "cannot show the output of " + service + ": " + LogFiles.cannotOpen(newest);
            }
            findStart(isThere ? newest : null, lines);
            boolean changed = kept == 0 && (isThere ? !newest.isAt(path) : sys.stat(path, new FileFacts()) == 0);
            if (!changed) {
                break;
            }
        }
        readTimes();
        rewind();
        return "";
    }

    /** Where lines begin in the newest file: what a logger keeps in memory has their times before them. */
    private long first() {
        return kept > 0 ? LogPipes.TIMES : 0;
    }

    /** Reads when the lines came that a logger keeps in memory. */
    private void readTimes() {
        if (kept > 0 && !files.isEmpty()) {
            byte[] ring = new byte[(int) LogPipes.TIMES];
            boolean whole = files.get(0).readAt(0, ring, 0, ring.length) == ring.length;
            times.read(ring, whole ? ring.length : 0);
        }
    }

    private void findStart(@Nullable LogFile newest, int lines) {
        left = lines;
        atEnd = true;
        aside.begin();
        LogFile file = newest;
        if (file == null) {
            file = aside.older(null);
        }
        while (file != null) {
            files.add(0, file);
            if (findStart(file) || kept > 0) {
                return;
            }
            file = aside.older(file);
        }
    }

    /** Whether the last lines begin in this file. */
    private boolean findStart(LogFile file) {
        if (left == 0) {
            file.start = Math.max(first(), file.size());
            return true;
        }
        file.start = kept > 0 ? Math.max(first(), file.size() - kept) : 0;
        if (left == Integer.MAX_VALUE) {
            return false;
        }
        return file.packed() ? findStartInPacked(file) : findStartInPlain(file);
    }

    /** Looks for the ends of lines from the end backwards. */
    private boolean findStartInPlain(LogFile file) {
        long first = file.start;
        long behind = file.size();
        while (behind > first) {
            int length = (int) Math.min(PIECE, behind - first);
            if (file.readAt(behind - length, buffer, 0, length) != length) {
                return false;
            }
            for (int i = length - 1; i >= 0; i--) {
                if (buffer[i] == '\n' && !atEnd && --left == 0) {
                    file.start = behind - length + i + 1;
                    return true;
                }
                boolean blank = kept > 0 && buffer[i] == 0;
                atEnd &= blank;
            }
            behind -= length;
        }
        return false;
    }

    /** Counts them from the beginning. */
    private boolean findStartInPacked(LogFile file) {
        long count = 0;
        boolean ends = false;
        file.rewind();
        for (int got = file.read(buffer, 0, PIECE); got > 0; got = file.read(buffer, 0, PIECE)) {
            count += Lines.count(buffer, 0, got);
            ends = buffer[got - 1] == '\n';
        }
        left += atEnd && ends ? 1 : 0;
        atEnd = false;
        if (count < left) {
            left -= (int) count;
            return false;
        }
        file.start = count - left + 1;
        return true;
    }

    /** Goes back to where reading begins. */
    void rewind() {
        current = 0;
        filled = 0;
        start = 0;
        end = 0;
        inLine = false;
        time = TimeReader.UNKNOWN;
        times.rewind();
        for (LogFile file : files) {
            file.rewind();
        }
        boolean packed = !files.isEmpty() && files.get(0).packed();
        toPass = packed ? files.get(0).start : 0;
    }

    // Reading

    /** Whether a piece of a line is at hand. */
    boolean isReady() {
        while (start == end) {
            if (!next()) {
                return false;
            }
            if (toPass > 0) {
                toPass -= inLine ? 0 : 1;
                start = end;
            }
        }
        return true;
    }

    private boolean next() {
        do {
            if (cut()) {
                return true;
            }
        } while (fill());
        return takeRest();
    }

    /** Has the piece that is at hand, from {@link #start} to {@link #end}. */
    public byte[] bytes() {
        return buffer;
    }

    /** Where the piece begins. */
    public int start() {
        return start;
    }

    /** Where it ends; the end of the line is in it. */
    public int end() {
        return end;
    }

    /** Whether the piece begins its line. */
    public boolean begins() {
        return begins;
    }

    /** Whether the piece ends its line. */
    public boolean ends() {
        return !inLine;
    }

    /** The time of the line, or of the last before it that has one, in nanoseconds since 1970; else {@link TimeReader#UNKNOWN}. */
    public long time() {
        return time;
    }

    /** Goes on to the next piece. */
    void done() {
        start = end;
    }

    /** Has the next line at hand, or a piece that fills the buffer. */
    private boolean cut() {
        // What a logger has left out, it has blanked in memory.
        while (kept > 0 && !inLine && start < filled && buffer[start] == 0) {
            start++;
            end = start;
        }
        int newline = sys.find((byte) '\n', buffer, start, filled);
        if (newline >= 0) {
            take(newline + 1);
        } else if (start == 0 && filled == PIECE) {
            take(filled);
        } else {
            return false;
        }
        return true;
    }

    /** Has at hand what there is of a line, with no more for now. */
    private boolean takeRest() {
        if (start == filled) {
            return false;
        }
        take(filled);
        return true;
    }

    private void take(int to) {
        end = to;
        begins = !inLine;
        inLine = buffer[to - 1] != '\n';
        if (!begins) {
            return;
        }
        long own = timeReader.ofLine(buffer, start, to);
        textStart = timeReader.end();
        dated = own == TimeReader.UNKNOWN && kept > 0;
        if (dated) {
            own = times.of(files.get(current).at() - (filled - start));
        }
        if (own != TimeReader.UNKNOWN) {
            time = own;
            timed = true;
        }
    }

    /** Reads on; whether there was more. */
    private boolean fill() {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        end = 0;
        while (current < files.size()) {
            LogFile file = files.get(current);
            int got = file.read(buffer, filled, PIECE - filled);
            if (got > 0) {
                filled += got;
                return true;
            }
            if (got < 0 && !file.failed) {
                fail(file, got);
                boolean cutOff = filled > 0 ? buffer[filled - 1] != '\n' : inLine;
                if (cutOff) {
                    buffer[filled++] = '\n';
                    return true;
                }
            }
            // Whoever writes has gone on to a newer file once there is something in it.
            if (!isNewerWritten()) {
                return false;
            }
            current++;
        }
        return false;
    }

    private void fail(LogFile file, int result) {
        file.failed = true;
        aside.failed = true;
        if (file.told) {
            return;
        }
        file.told = true;
        String why = result == Gunzip.DAMAGED ? "it is damaged, or was not made by gzip" : Errno.describe(-result);
        view.complain("cannot read all of " + file.path + ": " + why);
    }

    private boolean isNewerWritten() {
        for (int i = current + 1; i < files.size(); i++) {
            if (!files.get(i).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the line that begins here bears the service's name from its logger, before the text or in an object. */
    boolean isNamed(byte[] prefix) {
        int at = textStart > start ? textStart + 1 : start;
        return startsWith(at, prefix) || startsWith(textStart, RawText.encode("\",\"service\":\"" + service + "\""));
    }

    private boolean startsWith(int at, byte[] text) {
        int i = 0;
        while (i < text.length && at + i < end && buffer[at + i] == text[i]) {
            i++;
        }
        return i == text.length;
    }

    // Following

    /**
     * Looks for what has come since.
     *
     * @return how many bytes are gone already
     */
    long look() {
        LogFile newest = files.isEmpty() ? null : files.get(files.size() - 1);
        if (kept == 0 && (newest == null || !newest.isAt(path))) {
            files.addAll(aside.newerThan(newest));
        }
        // The one that is written to last: what comes into an older one after that is seen next time.
        for (int i = files.size() - 1; i >= current; i--) {
            files.get(i).measure();
        }
        while (current > 0) {
            files.remove(0).close();
            current--;
        }
        readTimes();
        long gone = kept > 0 && newest != null ? newest.passTo(Math.max(first(), newest.size() - kept)) : 0;
        if (gone > 0) {
            inLine = false;
        }
        return gone;
    }
}
