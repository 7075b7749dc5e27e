package dev.pintle.web.supervisorctl;

/** Nobody answers; the message says where and why. */
final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    enum Why {
        /** Nobody listens. */
        REFUSED,
        /** There is no socket. */
        MISSING,
        /** The server wants to know who is calling. */
        UNAUTHORIZED,
        /** Something else. */
        OTHER
    }

    final Why why;

    UnreachableException(Why why, String message) {
        super(message);
        this.why = why;
    }
}
