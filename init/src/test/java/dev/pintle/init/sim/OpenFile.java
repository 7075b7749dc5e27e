package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;

/** What descriptors refer to: an open file description, counted by the descriptors that share it. */
abstract class OpenFile {
    private final String description;
    private int holders;

    OpenFile(String description) {
        this.description = description;
    }

    /** One more descriptor refers to it. */
    final void hold() {
        holders++;
    }

    /** One fewer does. */
    final void drop() {
        if (--holders == 0) {
            closed();
        }
    }

    /** The last descriptor is gone. */
    void closed() {}

    boolean readable() {
        return false;
    }

    boolean writable() {
        return false;
    }

    /** An error or a hang-up, which poll tells even where nobody asked. */
    boolean hungUp() {
        return false;
    }

    /** Has something done once all that is written to it has been read, and nobody can write to it any more. */
    void atEnd(Runnable work) {}

    int read(byte[] buffer, int offset, int length) {
        return -Errno.EINVAL;
    }

    int write(byte[] buffer, int offset, int length) {
        return -Errno.EINVAL;
    }

    @Override
    public String toString() {
        return description;
    }
}
