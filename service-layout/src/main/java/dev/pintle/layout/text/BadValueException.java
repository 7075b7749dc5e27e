package dev.pintle.layout.text;

import org.jspecify.annotations.Nullable;

/** A value that is not of its kind. The message is the cause alone: who knows the key puts it before. */
public final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String cause;
    private final @Nullable String hint;

    /** Takes the cause, and what would be right. */
    public BadValueException(String cause, @Nullable String hint) {
        super(cause);
        this.cause = cause;
        this.hint = hint;
    }

    /** The cause. */
    public String cause() {
        return cause;
    }

    /** What would be right, or null. */
    public @Nullable String hint() {
        return hint;
    }
}
