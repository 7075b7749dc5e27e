package dev.pintle.init.sys.teavm;

import org.teavm.interop.Import;

/** The collector's memory. */
final class Heap {
    private static boolean kept;

    private Heap() {}

    /**
     * Has no child made from now on have it, be it between fork and exec: else each page of it that is written to while a
     * child has not executed would be copied first. A kernel that refuses makes children slower.
     */
    static void keepFromChildren() {
        if (!kept) {
            kept = true;
            keep();
        }
    }

    @Import(name = "heap_keepFromChildren")
    private static native void keep();

    /** See {@link dev.pintle.init.sys.Sys#limitMemory}. */
    static boolean limit(boolean limited) {
        return keepSpare(limited ? 1 : 0) != 0;
    }

    @Import(name = "heap_keepSpare")
    private static native int keepSpare(int wanted);
}
