package dev.pintle.init.log;

import dev.pintle.init.sys.JsonText;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What becomes of the lines of one stream, and where they go. */
final class Rendering {
    /** What is before a line. */
    enum Stamp {
        NONE,
        ISO8601,
        TAI64N
    }

    private static final int STAMP = 64;
    private static final long NANOS = 1_000_000_000L;

    Sink[] sinks = {};
    final List<Glob> included = new ArrayList<>();
    final List<Glob> excluded = new ArrayList<>();
    Stamp stamp = Stamp.NONE;
    byte[] prefix = {};
    /** What is between the time and the message of a JSON object; empty for plain lines. */
    byte[] object = {};
    /** Lines a second; 0 for no limit. */
    int rateLimit;

    private byte[] out = new byte[1 << 14];
    private int size;
    private long second;
    private int inSecond;
    private long dropped;
    /** Whether the line that is being written has been begun, or dropped. */
    private boolean inLine;

    private boolean dropping;

    /** Whether lines go out as they come in. */
    boolean isPlain() {
        return stamp == Stamp.NONE
                && prefix.length == 0
                && object.length == 0
                && included.isEmpty()
                && excluded.isEmpty()
                && rateLimit == 0;
    }

    /** Whether lines may be left out. */
    boolean mayLeaveOut() {
        return !included.isEmpty() || !excluded.isEmpty() || rateLimit > 0;
    }

    /** Whether the last line was. */
    boolean hasLeftOut() {
        return dropping;
    }

    /** Takes whole lines of a stream that {@link #isPlain}. */
    void pass(byte[] bytes, int from, int to) {
        for (Sink sink : sinks) {
            sink.write(bytes, from, to - from);
        }
    }

    /**
     * Takes a line, or a part of one.
     *
     * @param ends whether the line ends at {@code to}
     * @return whether it passes, and is not left out
     */
    boolean add(byte[] bytes, int from, int to, boolean ends, long nanos) {
        if (!inLine) {
            dropping = !passes(bytes, from, to) || exceeds(nanos);
        }
        boolean begins = !inLine;
        inLine = !ends;
        if (dropping) {
            return false;
        }
        if (object.length > 0) {
            addObject(bytes, from, to, ends, nanos);
            return true;
        }
        if (begins) {
            reserve(STAMP + prefix.length);
            addStamp(nanos);
            append(prefix, 0, prefix.length);
        }
        append(bytes, from, to);
        if (ends) {
            reserve(1);
            out[size++] = '\n';
        }
        return true;
    }

    /** Takes a line to be continued as begun: by a logger that was killed since. */
    void continueLine() {
        inLine = true;
    }

    private boolean passes(byte[] bytes, int from, int to) {
        return (included.isEmpty() || anyMatches(included, bytes, from, to)) && !anyMatches(excluded, bytes, from, to);
    }

    private static boolean anyMatches(List<Glob> globs, byte[] bytes, int from, int to) {
        for (int i = 0; i < globs.size(); i++) {
            if (globs.get(i).matches(bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean exceeds(long nanos) {
        if (rateLimit == 0) {
            return false;
        }
        if (nanos / NANOS != second) {
            reportDropped(nanos);
            second = nanos / NANOS;
            inSecond = 0;
        }
        if (inSecond == rateLimit) {
            dropped++;
            return true;
        }
        inSecond++;
        return false;
    }

    /** Whether a count of dropped lines waits to be reported. */
    boolean hasDropped() {
        return dropped > 0;
    }

    /** Writes how many lines were dropped, once the second is over in which they were. */
    void reportDropped(long nanos) {
        if (dropped > 0 && !inLine && nanos / NANOS != second) {
            byte[] report = RawText.encode("pintle-log: " + dropped + " lines were dropped by rate_limit");
            dropped = 0;
            int limit = rateLimit;
            rateLimit = 0;
            add(report, 0, report.length, true, nanos);
            rateLimit = limit;
        }
    }

    private void addStamp(long nanos) {
        if (stamp == Stamp.NONE) {
            return;
        }
        if (stamp == Stamp.TAI64N) {
            size = Timestamp.appendTai64n(out, size, nanos);
        } else {
            size = Timestamp.appendDate(out, size, nanos, 'T', 6);
            out[size++] = 'Z';
        }
        out[size++] = ' ';
    }

    private void addObject(byte[] bytes, int from, int to, boolean ends, long nanos) {
        byte[] time = RawText.encode("{\"time\":\"");
        append(time, 0, time.length);
        reserve(STAMP);
        size = Timestamp.appendDate(out, size, nanos, 'T', 6);
        append(object, 0, object.length);
        size = JsonText.append(room((to - from) * JsonText.MOST_PER_BYTE), size, bytes, from, to);
        byte[] end = RawText.encode(ends ? "\"}\n" : "\",\"partial\":true}\n");
        append(end, 0, end.length);
    }

    private byte[] room(int bytes) {
        reserve(bytes);
        return out;
    }

    private void append(byte[] bytes, int from, int to) {
        reserve(to - from);
        System.arraycopy(bytes, from, out, size, to - from);
        size += to - from;
    }

    private void reserve(int bytes) {
        if (size + bytes > out.length) {
            flush();
            if (bytes > out.length) {
                out = Arrays.copyOf(out, bytes);
            }
        }
    }

    /** Writes what was rendered. */
    void flush() {
        if (size > 0) {
            pass(out, 0, size);
            size = 0;
        }
    }
}
