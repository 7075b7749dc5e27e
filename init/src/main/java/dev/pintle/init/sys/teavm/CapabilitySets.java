package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;

/**
 * What a child may do, as capabilities(7) has it. Nothing is allocated, as it is the child that calls. Results are those of
 * the system calls: -1 and errno.
 */
final class CapabilitySets {
    /** struct __user_cap_header_struct: a version, and 0 for the caller. */
    private static final Address HEADER = StdlibH.malloc(8);
    /** Two struct __user_cap_data_struct: the lower 32 capabilities of three sets, then the upper. */
    private static final Address DATA = StdlibH.malloc(24);

    private static final int VERSION_3 = 0x20080522;
    private static final int EFFECTIVE = 0;
    private static final int PERMITTED = 4;
    private static final int INHERITABLE = 8;
    private static final int UPPER = 12;

    private CapabilitySets() {}

    /**
     * Takes capabilities away for good: from the bounding set, and from the inheritable one, through which a container
     * engine may have handed them on (CVE-2022-24769).
     */
    static int drop(long dropped) {
        for (int i = 0; i < Long.SIZE; i++) {
            if ((dropped >> i & 1) != 0 && isBounded(i) && SysPrctlH.prctl(SysPrctlH.PR_CAPBSET_DROP, i, 0, 0, 0) < 0) {
                return -1;
            }
        }
        if (read() < 0) {
            return -1;
        }
        putSet(INHERITABLE, set(INHERITABLE) & ~dropped);
        return write();
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
        return SysPrctlH.prctl(SysPrctlH.PR_CAPBSET_READ, capability, 0, 0, 0) == 1;
    }

    /** Keeps capabilities through execution though the user is not root; PR_SET_KEEPCAPS has kept them until now. */
    static int keep(long kept) {
        if (read() < 0) {
            return -1;
        }
        putSet(EFFECTIVE, kept);
        putSet(PERMITTED, kept);
        putSet(INHERITABLE, kept);
        if (write() < 0) {
            return -1;
        }
        for (int i = 0; i < Long.SIZE; i++) {
            if ((kept >> i & 1) != 0
                    && SysPrctlH.prctl(SysPrctlH.PR_CAP_AMBIENT, SysPrctlH.PR_CAP_AMBIENT_RAISE, i, 0, 0) < 0) {
                return -1;
            }
        }
        return 0;
    }

    private static int read() {
        HEADER.putInt(VERSION_3);
        HEADER.add(4).putInt(0);
        return (int) SysSyscallH.syscall(SysSyscallH.SYS_capget(), HEADER, DATA);
    }

    private static int write() {
        return (int) SysSyscallH.syscall(SysSyscallH.SYS_capset(), HEADER, DATA);
    }

    private static long set(int which) {
        return (DATA.add(which).getInt() & 0xffffffffL)
                | (long) DATA.add(UPPER + which).getInt() << 32;
    }

    private static void putSet(int which, long set) {
        DATA.add(which).putInt((int) set);
        DATA.add(UPPER + which).putInt((int) (set >>> 32));
    }
}
