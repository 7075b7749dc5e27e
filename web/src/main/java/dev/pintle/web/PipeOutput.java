package dev.pintle.web;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Sys;

/** Where a task's child writes: it waits while the pipe is full, and ends with who reads it. */
final class PipeOutput {
    private final Sys sys;
    private final int pipe;

    PipeOutput(Sys sys, int pipe) {
        this.sys = sys;
        this.pipe = pipe;
    }

    /** Writes all of it. Nobody needs a child whose output nobody reads. */
    void write(byte[] bytes, int from, int end) {
        PollSet set = new PollSet();
        int at = from;
        while (at < end) {
            int result = sys.write(pipe, bytes, at, end - at);
            if (result > 0) {
                at += result;
            } else if (result == -Errno.EAGAIN || result == -Errno.EINTR) {
                set.clear();
                set.add(pipe, PollSet.WRITABLE);
                sys.poll(set, -1);
            } else {
                sys.exit(1);
            }
        }
    }

    /** Writes all of it. */
    void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    /** Whether nobody reads any more, which is waited for. */
    boolean isClosed(long millis) {
        PollSet set = new PollSet();
        set.add(pipe, 0);
        sys.poll(set, millis);
        return set.found(0);
    }
}
