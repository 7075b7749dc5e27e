package dev.pintle.init.sys;

import java.util.Arrays;

/**
 * The descriptors that {@link Sys#poll} waits for, and what it found. Filled anew before each wait and never shrunk, so
 * that an idle iteration allocates nothing.
 *
 * <p>An entry is one {@code struct pollfd} of poll(2) as a little-endian machine holds it in a long (32 bits of
 * descriptor, 16 of what is asked, 16 of what was found), so that a native kernel is handed the array as it is.
 */
public final class PollSet {
    /** Asked for, or found: there is something to read, or an end, or a connection. */
    public static final int READABLE = 0x1;
    /** Asked for, or found: there is room to write. */
    public static final int WRITABLE = 0x4;

    private static final int ASKED_SHIFT = 32;
    private static final int FOUND_SHIFT = 48;
    private static final long NOT_FOUND = (1L << FOUND_SHIFT) - 1;

    private long[] entries = new long[16];
    private int size;

    /** Forgets all entries. */
    public void clear() {
        size = 0;
    }

    /** Adds a descriptor; its index is the number of those added before. */
    public void add(int descriptor, int asked) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entries[size++] = (descriptor & 0xffffffffL) | (long) asked << ASKED_SHIFT;
    }

    /** How many descriptors there are. */
    public int size() {
        return size;
    }

    /** The descriptor at an index. */
    public int descriptor(int index) {
        return (int) entries[index];
    }

    /** What was asked for at an index. */
    public int asked(int index) {
        return (int) (entries[index] >>> ASKED_SHIFT) & 0xffff;
    }

    /** Whether anything was found at an index: what was asked for, or an error or hang-up, which a read will tell. */
    public boolean found(int index) {
        return entries[index] >>> FOUND_SHIFT != 0;
    }

    /** For kernels: notes what was found. */
    public void note(int index, int found) {
        entries[index] = (entries[index] & NOT_FOUND) | (long) found << FOUND_SHIFT;
    }

    /** For kernels: the entries themselves, valid until the next {@link #add}. */
    public long[] entries() {
        return entries;
    }
}
