package dev.pintle.convert.parse.shell;

/** A text that no shell would read to its end, or that is nested deeper than any sane one. */
public final class ShellException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    ShellException(String reason, int offset) {
        super(reason);
        this.offset = offset;
    }

    /** What is wrong, as the last part of a message. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Where, as an index into the text. */
    public int offset() {
        return offset;
    }
}
