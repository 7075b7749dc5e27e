package dev.pintle.init.control;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;

/** What a client has not taken so far. */
final class Outbox {
    private static final int FIRST_SIZE = 512;
    private static final int MOST_SPARE = 64 * 1024;
    /** With less, each of many lines would have all before it copied. */
    private static final int LEAST_SPARE = 4 * 1024;

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int at;
    private int end;
    private boolean moved;

    /** Whether the client has taken anything since this was asked last. */
    boolean hasMoved() {
        boolean result = moved;
        moved = false;
        return result;
    }

    /** How many bytes wait. */
    int size() {
        return end - at;
    }

    /** How many bytes are kept for it: of a long reply that is taken in part, all. */
    int held() {
        return bytes.length;
    }

    /** Adds a line. */
    void add(String line) {
        makeRoom(RawText.encodedLength(line) + 1);
        end = RawText.encode(line, bytes, end);
        bytes[end++] = '\n';
    }

    /** Adds bytes: whole lines. */
    void add(byte[] lines) {
        makeRoom(lines.length);
        System.arraycopy(lines, 0, bytes, end, lines.length);
        end += lines.length;
    }

    /** Adds a part of a line. */
    void addPart(String part) {
        makeRoom(RawText.encodedLength(part));
        end = RawText.encode(part, bytes, end);
    }

    private void makeRoom(int more) {
        if (bytes.length - end >= more) {
            return;
        }
        int waiting = size();
        byte[] room =
                waiting + more <= bytes.length && at >= bytes.length / 2 ? bytes : new byte[roomFor(waiting + more)];
        System.arraycopy(bytes, at, room, 0, waiting);
        bytes = room;
        at = 0;
        end = waiting;
    }

    /** Twice as much as there was saves copies where lines are many and short, and would waste memory where there is much. */
    private int roomFor(int needed) {
        return needed > MOST_SPARE
                ? needed + LEAST_SPARE
                : Math.max(FIRST_SIZE, Math.max(Math.min(bytes.length * 2, MOST_SPARE), needed));
    }

    /** Writes as much as the client takes now; whether it is still there. */
    boolean flush(Sys sys, int descriptor) {
        while (at < end) {
            int result = sys.write(descriptor, bytes, at, end - at);
            if (result == -Errno.EAGAIN || result == -Errno.EINTR) {
                return true;
            }
            if (result <= 0) {
                return false;
            }
            at += result;
            moved = true;
        }
        clear();
        return true;
    }

    /** A client that is connected for days must not hold what its longest reply took. */
    private void clear() {
        bytes = bytes.length > FIRST_SIZE ? NOTHING : bytes;
        at = 0;
        end = 0;
    }
}
