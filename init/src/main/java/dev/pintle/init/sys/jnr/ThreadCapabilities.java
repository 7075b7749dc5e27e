package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;

/** What a thread, and a child that it makes, may do (capabilities(7)). Results are those of the system calls: -1 and errno. */
final class ThreadCapabilities {
    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    private static final long SYS_CAPGET = ARM ? 90 : 125;
    private static final long SYS_CAPSET = ARM ? 91 : 126;
    /** Version 3, and 0 for the caller. */
    private static final int[] HEADER = {0x20080522, 0};
    /** Where in the data the lower 32 bits of the sets are; the upper ones are three further. */
    private static final int EFFECTIVE = 0;

    private static final int PERMITTED = 1;
    private static final int INHERITABLE = 2;
    private static final int UPPER = 3;

    private ThreadCapabilities() {}

    /** Takes capabilities away for good, out of the inheritable set too. */
    static int drop(long dropped) {
        for (int i = 0; i < Long.SIZE; i++) {
            if ((dropped >> i & 1) != 0 && isBounded(i) && LIBC.prctl(LibC.PR_CAPBSET_DROP, i, 0, 0, 0) < 0) {
                return -1;
            }
        }
        int[] data = new int[6];
        if (LIBC.syscall(SYS_CAPGET, HEADER, data) < 0) {
            return -1;
        }
        data[INHERITABLE] &= (int) ~dropped;
        data[INHERITABLE + UPPER] &= (int) (~dropped >>> 32);
        return (int) LIBC.syscall(SYS_CAPSET, HEADER, data);
    }

    /** Whether the container has every one of these. */
    static boolean has(long wanted) {
        for (int i = 0; i < Long.SIZE; i++) {
            if ((wanted >> i & 1) != 0 && !isBounded(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBounded(int capability) {
        return LIBC.prctl(LibC.PR_CAPBSET_READ, capability, 0, 0, 0) == 1;
    }

    /** Has what a change of user is about to take away stay permitted. */
    static int stayPermitted() {
        return LIBC.prctl(LibC.PR_SET_KEEPCAPS, 1, 0, 0, 0);
    }

    /** Keeps capabilities through execution though the user is not root. */
    static int keep(long kept) {
        int[] data = new int[6];
        for (int set : new int[] {EFFECTIVE, PERMITTED, INHERITABLE}) {
            data[set] = (int) kept;
            data[set + UPPER] = (int) (kept >>> 32);
        }
        if (LIBC.syscall(SYS_CAPSET, HEADER, data) < 0) {
            return -1;
        }
        for (int i = 0; i < Long.SIZE; i++) {
            if ((kept >> i & 1) != 0 && LIBC.prctl(LibC.PR_CAP_AMBIENT, LibC.PR_CAP_AMBIENT_RAISE, i, 0, 0) < 0) {
                return -1;
            }
        }
        return 0;
    }
}
