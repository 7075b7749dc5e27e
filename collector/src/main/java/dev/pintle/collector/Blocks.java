package dev.pintle.collector;

import org.teavm.interop.Address;
import org.teavm.interop.Unmanaged;

/** The blocks of the heap, and what each is used for. */
@Unmanaged
final class Blocks {
    /** Bytes of a block. */
    static final int SIZE = 512;

    /** Nothing is in it. */
    static final byte FREE = 0;

    /** Small objects are in it. */
    static final byte USED = 1;

    /** Small objects are in it, and one of them must stay where it is. */
    static final byte KEPT = 2;

    /** Copies are in it. */
    static final byte COPIED = 3;

    /** A large object begins in it, ... */
    static final byte LARGE = 4;

    /** ... and can be reached. */
    static final byte REACHED = 5;

    /** It belongs to the large object that begins before it. */
    static final byte REST = 6;

    private static final int SHIFT = 9;

    private Blocks() {}

    static byte state(int block) {
        return Reservation.states().add(block).getByte();
    }

    static void set(int block, byte state) {
        Reservation.states().add(block).putByte(state);
    }

    static void fill(int from, int count, byte state) {
        Address.fill(Reservation.states().add(from), state, count);
    }

    /** Frees a block, whatever it was. */
    static void free(int block) {
        if (state(block) != FREE) {
            set(block, FREE);
            if (Reservation.isVerified()) {
                Reservation.poison(block);
            }
        }
    }

    /** What a block is after a collection has found what it is now. */
    static byte afterCollection(byte state) {
        if (state == KEPT || state == COPIED) {
            return USED;
        }
        return state == REACHED ? LARGE : FREE;
    }

    static Address address(int block) {
        return Reservation.blocks().add((long) block << SHIFT);
    }

    /** How many blocks so many bytes take; more than there can be for more than they hold. */
    static int count(long bytes) {
        return (int) ((bytes + SIZE - 1) >> SHIFT);
    }

    /** The block that an address of the heap lies in. */
    static int of(Address address) {
        return (int) (offset(address) >> SHIFT);
    }

    static long offset(Address address) {
        return address.toLong() - Reservation.blocks().toLong();
    }

    /** Whether an address is one of the heap, and not of a literal, say, or null. */
    static boolean isInHeap(Address address) {
        long offset = offset(address);
        return offset >= 0 && offset < (long) Reservation.blockCount() << SHIFT;
    }
}
