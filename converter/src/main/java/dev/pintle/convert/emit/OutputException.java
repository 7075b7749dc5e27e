package dev.pintle.convert.emit;

/** Something that cannot be written; nothing of it has been. */
public final class OutputException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Carries the whole message. */
    public OutputException(String message) {
        super(message);
    }

    /** The same, with what caused it. */
    public OutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
