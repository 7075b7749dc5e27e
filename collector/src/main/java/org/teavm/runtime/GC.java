package org.teavm.runtime;

import dev.pintle.collector.Collection;
import dev.pintle.collector.Space;
import org.teavm.interop.Address;
import org.teavm.interop.Export;
import org.teavm.interop.StaticInit;
import org.teavm.interop.Unmanaged;

/**
 * Stands in the place of TeaVM's class of this name: the C back end calls what is here. What it would call for weak
 * references and direct buffers is left out, so that a program that has them does not compile. See {@link
 * dev.pintle.collector}.
 */
@Unmanaged
@StaticInit
public final class GC {
    static {
        Space.open();
    }

    private GC() {}

    /** Where {@code Object} counts monitors from. This program makes none. */
    public static native Address heapAddress();

    /** Nothing to do: there are no generations. */
    public static native void writeBarrier(RuntimeObject object);

    /** Room for an object of so many bytes, which are not zero. Throws {@code OutOfMemoryError}. */
    public static RuntimeObject alloc(int size) {
        return Space.allocate(size).toStructure();
    }

    /** Frees what cannot be reached. */
    @Export(name = "teavm_gc_collect")
    public static void collectGarbage() {
        Collection.run();
    }

    /**
     * What {@code System.gc} does: frees what cannot be reached, moves the rest together, and gives the pages that this
     * empties back to the kernel.
     */
    @Export(name = "teavm_gc_collectFull")
    public static void collectGarbageFull() {
        // The first moves everything above what is in use, the second down to the heap's beginning.
        Collection.run();
        Collection.run();
        Space.giveBack();
    }

    /** For heap dumps, which a release has not. */
    @Export(name = "teavm_gc_fixHeap")
    public static void fixHeap() {}

    /** Called by the event queue's thread where there is one. */
    @Export(name = "teavm_gc_tryShrink")
    public static void tryShrink() {}
}
