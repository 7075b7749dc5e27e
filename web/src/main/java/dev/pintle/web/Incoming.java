package dev.pintle.web;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Sys;
import java.util.Arrays;

/** Bytes that come at a descriptor, in an array that grows. */
final class Incoming {
    /** What {@link #read} gives when no more will come. */
    static final int END = -1;

    private static final int FIRST_BUFFER = 4_096;

    byte[] bytes = new byte[FIRST_BUFFER];
    int size;

    /** Reads what has come: how many bytes, 0 where there are none now, or {@link #END}. */
    int read(Sys sys, int descriptor) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        int got = sys.read(descriptor, bytes, size, bytes.length - size);
        if (got > 0) {
            size += got;
            return got;
        }
        return got == -Errno.EAGAIN || got == -Errno.EINTR ? 0 : END;
    }

    /** Forgets the first bytes. */
    void forget(int count) {
        System.arraycopy(bytes, count, bytes, 0, size - count);
        size -= count;
    }
}
