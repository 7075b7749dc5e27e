package dev.pintle.convert.lower.runit;

/** A statement whose effect only a running shell knows; the script that it stands in stays a script. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /** Says why, and where in the script. */
    Refusal(String reason, int offset) {
        super(reason, null, false, false);
        this.offset = offset;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    int offset() {
        return offset;
    }
}
