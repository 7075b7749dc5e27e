package dev.pintle.init.control;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;

/** What a client has not taken so far. */
final class Outbox {
    private static final int FIRST_SIZE = 512;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int at;
    private int end;

    /** How many bytes wait. */
    int size() {
        return end - at;
    }

    /** Adds a line. */
    void add(String line) {
        byte[] encoded = RawText.encode(line + "\n");
        makeRoom(encoded.length);
        System.arraycopy(encoded, 0, bytes, end, encoded.length);
        end += encoded.length;
    }

    private void makeRoom(int more) {
        if (bytes.length - end >= more) {
            return;
        }
        int waiting = size();
        byte[] room = waiting + more <= bytes.length && at >= bytes.length / 2
                ? bytes
                : new byte[Math.max(FIRST_SIZE, Math.max(bytes.length * 2, waiting + more))];
        System.arraycopy(bytes, at, room, 0, waiting);
        bytes = room;
        at = 0;
        end = waiting;
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
        }
        // A client that is connected for days must not hold what its longest reply took.
        bytes = bytes.length > FIRST_SIZE ? NOTHING : bytes;
        at = 0;
        end = 0;
        return true;
    }
}
