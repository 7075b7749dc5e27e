package dev.pintle.init.launch;

import dev.pintle.init.sys.Errno;

/** A process that cannot be described; its message completes {@code cannot start NAME: }. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The errno of a kernel that is short of something for now, or 0. */
    private final int shortage;

    /** With the cause in a user's words. */
    public LaunchException(String cause) {
        super(cause);
        shortage = 0;
    }

    /** With what could not be done, and the errno that the kernel gave for it. */
    LaunchException(String what, int errno) {
        super(what + ": " + Errno.describe(errno));
        shortage = Errno.isShortage(errno) ? errno : 0;
    }

    /**
     * The errno where the kernel was short of descriptors or memory: that passes, and says nothing of the service; else 0.
     */
    public int shortage() {
        return shortage;
    }
}
