package dev.pintle.convert.parse.supervisord;

import org.jspecify.annotations.Nullable;

/** A value that supervisord would refuse. */
final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final @Nullable String hint;

    /** Only the cause is known: the whole value is wrong. */
    BadValueException(String cause) {
        this(cause, 0, null);
    }

    /**
     * Tells what is wrong and where.
     *
     * @param cause  the last part of a message
     * @param offset in the value as it stands in the file
     * @param hint   what would put it right, or null
     */
    BadValueException(String cause, int offset, @Nullable String hint) {
        super(cause);
        this.offset = offset;
        this.hint = hint;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    int offset() {
        return offset;
    }

    @Nullable
    String hint() {
        return hint;
    }
}
