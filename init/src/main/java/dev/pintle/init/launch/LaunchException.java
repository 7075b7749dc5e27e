package dev.pintle.init.launch;

/** A process that cannot be described; its message completes {@code cannot start NAME: }. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the cause in a user's words. */
    public LaunchException(String cause) {
        super(cause);
    }
}
