package dev.pintle.collector;

import org.teavm.interop.Address;
import org.teavm.interop.Unmanaged;
import org.teavm.runtime.ExceptionHandling;

/**
 * Gives out room: small objects one after the other in chunks of free blocks, from the lowest on, large ones in blocks of
 * their own. All counts are of blocks.
 */
// An Address is a number, which is zero at first and never null.
@SuppressWarnings("NullAway")
@Unmanaged
public final class Space {
    /** What a link to the next run of copies takes, and what precedes a large object, in bytes. */
    static final int LINK = 8;

    /** The most blocks of a run of free ones that stay unused, since an object did not fit into them. */
    private static final int WASTE = 3;

    /** The largest object that is copied, in bytes. */
    static final int LARGEST_SMALL = WASTE * Blocks.SIZE - LINK;

    /** How many blocks are taken for small objects at once. */
    private static final int CHUNK = 16;

    /** How many blocks are committed at once, at the least. */
    private static final int STEP = 128;

    /** A collection is due after as many blocks as survived the last, but no fewer than this, ... */
    private static final int LEAST_INTERVAL = 64;

    /** ... and none before this many are taken. */
    private static final int FIRST_INTERVAL = 256;

    /** What part of all blocks may be taken: with the rest free, copies find room however it is split. */
    private static final int TAKEN_PART = 6;

    /** Lets the error of a full heap be made. */
    private static final int ERROR_ROOM = 256;

    /** Where the next small object goes, and before what it must end. */
    private static Address cursor;

    private static Address limit;

    /** No block before this one is free. */
    private static int next;

    /** How many blocks may be touched. */
    private static int committed;

    /** Taken for small objects. */
    private static int small;

    /** Taken for large objects. */
    private static int large;

    /** How many may be taken before a collection is due. */
    private static int interval;

    /**
     * Room for an error that is being made. No frame names it yet, so nothing that its constructor calls may allocate: the
     * verifying build would free it.
     */
    private static int errorRoom;

    private Space() {}

    /** Called once, before the first object is made. */
    public static void open() {
        interval = FIRST_INTERVAL;
    }

    /** Room for an object of so many bytes, a multiple of {@link Objects#ALIGNMENT}. Throws {@code OutOfMemoryError}. */
    public static Address allocate(int size) {
        if (Reservation.isVerified() && (Reservation.isCollectionDue() || errorRoom > 0)) {
            Collection.run();
        }
        if (Reservation.isVerified() && errorRoom == 0 && Reservation.isRefused()) {
            fail();
        }
        Address start = cursor;
        Address end = start.add(size);
        if (limit.isLessThan(end)) {
            return size > LARGEST_SMALL ? allocateLarge(size) : allocateInNextChunk(size);
        }
        cursor = end;
        return start;
    }

    private static Address allocateInNextChunk(int size) {
        while (limit.isLessThan(cursor.add(size))) {
            makeRoom(CHUNK);
            openChunk(Blocks.USED);
        }
        return bump(size);
    }

    private static Address bump(int size) {
        Address start = cursor;
        cursor = start.add(size);
        return start;
    }

    /** A large object begins behind a link, in the first of its blocks. */
    private static Address allocateLarge(int size) {
        int count = Blocks.count((long) size + LINK);
        makeRoom(count);
        int from = findFree(count);
        if (from < 0) {
            if (count > Reservation.blockCount() - committed) {
                fail();
            }
            from = committed;
            grow(count);
        }
        Blocks.set(from, Blocks.LARGE);
        Blocks.fill(from + 1, count - 1, Blocks.REST);
        large += count;
        interval -= count;
        return Blocks.address(from).add(LINK);
    }

    /** The first of so many free blocks in a row, or -1. */
    private static int findFree(int count) {
        int from = next;
        for (int i = next; i < committed; i++) {
            if (Blocks.state(i) != Blocks.FREE) {
                from = i + 1;
            } else if (i + 1 - from == count) {
                return from;
            }
        }
        return -1;
    }

    /** Collects where that is due, or where so many blocks more are too many. Throws {@code OutOfMemoryError}. */
    private static void makeRoom(int count) {
        if (interval < count || isTooMuch(count)) {
            Collection.run();
            if (isTooMuch(count)) {
                fail();
            }
        }
    }

    private static boolean isTooMuch(int count) {
        int most = Reservation.blockCount() / TAKEN_PART - Reservation.spareBlocks() + errorRoom;
        return count > most - small - large;
    }

    private static void fail() {
        if (errorRoom > 0) {
            Reservation.broken(1);
        }
        errorRoom = ERROR_ROOM;
        OutOfMemoryError error = new OutOfMemoryError("the heap is full");
        errorRoom = 0;
        ExceptionHandling.throwException(error);
    }

    /** Commits so many blocks more. */
    private static void grow(int count) {
        int left = Reservation.blockCount() - committed;
        if (count > left) {
            Reservation.broken(2);
        }
        int blocks = count > STEP ? count : STEP;
        if (blocks > left) {
            blocks = left;
        }
        Reservation.commit(committed, blocks);
        committed += blocks;
    }

    /** Takes the next free blocks for small objects: behind those that are open where they touch, else in their place. */
    private static void openChunk(byte state) {
        int from = next;
        while (from < committed && Blocks.state(from) != Blocks.FREE) {
            from++;
        }
        if (from == committed) {
            grow(CHUNK);
        }
        int to = from;
        while (to < committed && to - from < CHUNK && Blocks.state(to) == Blocks.FREE) {
            Blocks.set(to++, state);
        }
        next = to;
        small += to - from;
        interval -= to - from;
        Address start = Blocks.address(from);
        if (start.toLong() != limit.toLong() + LINK) {
            if (state == Blocks.COPIED) {
                Collection.linkCopies(cursor, start);
            }
            cursor = start;
        }
        limit = Blocks.address(to).add(-LINK);
    }

    // For a collection.

    /** From here on what is taken is copies: none of it is beside what was taken before. */
    static void beginCopies() {
        commitForCopies();
        cursor = Address.fromInt(0);
        limit = cursor;
    }

    /** Has enough free blocks committed for copies of all small objects, however they lie. */
    private static void commitForCopies() {
        int free = 0;
        int runs = 1;
        boolean wasFree = false;
        for (int i = next; i < committed; i++) {
            boolean isFree = Blocks.state(i) == Blocks.FREE;
            if (isFree) {
                free++;
                runs += wasFree ? 0 : 1;
            }
            wasFree = isFree;
        }
        int missing = small + WASTE * runs - free;
        if (missing > 0) {
            grow(missing);
        }
    }

    /** Room for a copy. */
    static Address allocateCopy(int size) {
        while (limit.isLessThan(cursor.add(size))) {
            openChunk(Blocks.COPIED);
        }
        return bump(size);
    }

    /** Where the next copy goes. */
    static Address copiesEnd() {
        return cursor;
    }

    /** What was not reached becomes free; the next small object goes behind the last copy, then into the lowest blocks. */
    static void endCopies() {
        freeBehindCopies();
        small = 0;
        large = 0;
        next = 0;
        byte fate = Blocks.FREE;
        for (int i = 0; i < committed; i++) {
            byte state = Blocks.state(i);
            if (state == Blocks.REST) {
                // What the first block of the large object is.
                if (fate == Blocks.FREE) {
                    Blocks.free(i);
                } else {
                    large++;
                }
                continue;
            }
            fate = Blocks.afterCollection(state);
            if (fate == Blocks.FREE) {
                Blocks.free(i);
            } else {
                Blocks.set(i, fate);
                if (fate == Blocks.LARGE) {
                    large++;
                } else {
                    small++;
                }
            }
        }
        setInterval();
    }

    private static void setInterval() {
        int live = small + large;
        interval = live < FIRST_INTERVAL / 2 ? FIRST_INTERVAL - live : live;
        if (interval < LEAST_INTERVAL) {
            interval = LEAST_INTERVAL;
        }
    }

    /** The last chunk ends with the block that the next object begins in. */
    private static void freeBehindCopies() {
        if (cursor.toLong() == 0) {
            return;
        }
        int last = Blocks.of(cursor.add(LINK - 1));
        int end = Blocks.of(limit.add(LINK - 1));
        Blocks.fill(last + 1, end - last, Blocks.FREE);
        limit = Blocks.address(last + 1).add(-LINK);
    }

    /** Gives the pages of free blocks back to the kernel. */
    public static void giveBack() {
        int from = 0;
        for (int i = 0; i <= committed; i++) {
            if (i == committed || Blocks.state(i) != Blocks.FREE) {
                if (from < i) {
                    Reservation.giveBack(from, i - from);
                }
                from = i + 1;
            }
        }
    }
}
