package dev.pintle.collector;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;

/**
 * The address space of the heap, which {@code memory.c} reserves before the first object is made. All are functions: TeaVM
 * reads two variables of C in one expression by way of the same temporary one, in whatever order the compiler likes.
 */
@Include("memory.h")
@Unmanaged
final class Reservation {
    private Reservation() {}

    /** The first block; those that are not committed must not be touched. */
    @Import(name = "heap_firstBlock")
    static native Address blocks();

    /** A byte for each block, zero at first. */
    @Import(name = "heap_firstState")
    static native Address states();

    /** How many blocks there can be. */
    @Import(name = "heap_mostBlocks")
    static native int blockCount();

    /** How many blocks are left for what must not fail; see {@code heap_keepSpare}. */
    @Import(name = "heap_leastSpareBlocks")
    static native int spareBlocks();

    /** Makes blocks usable, and waits where the kernel has no memory. */
    @Import(name = "heap_commit")
    static native void commit(int from, int count);

    /** Gives the whole pages among these free blocks back. */
    @Import(name = "heap_giveBack")
    static native void giveBack(int from, int count);

    /** Ends the program: an invariant does not hold. */
    @Import(name = "heap_broken")
    static native void broken(int place);

    /** Tells a build that measures. */
    @Import(name = "heap_collectionBegins")
    static native void collectionBegins();

    /** Likewise. */
    @Import(name = "heap_collectionEnds")
    static native void collectionEnds();

    /** Whether this build looks at everything that it finds. Constant, so that a release has nothing of it. */
    @Import(name = "heap_isVerified")
    static native boolean isVerified();

    /** Whether the verifying build is to collect before this allocation. */
    @Import(name = "heap_isCollectionDue")
    static native boolean isCollectionDue();

    /** Whether the verifying build is to refuse this allocation, as a full heap does. */
    @Import(name = "heap_isRefused")
    static native boolean isRefused();

    /** Whether this is where a class can be. */
    @Import(name = "heap_isClass")
    static native boolean isClass(Address address);

    /** Fills a block that was freed with what is no object. */
    @Import(name = "heap_poison")
    static native void poison(int block);
}
