package dev.pintle.init.program;

/** Ends a program: the message is {@code cannot <verb> <object>: <cause>}. */
public class FailureException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the program ends with. */
    public final int code;

    /** Whether the message is all that is said, to the letter, as a program that stands in for another one has it. */
    public final boolean verbatim;

    /** Ends it with {@code code}. */
    public FailureException(int code, String message) {
        this(code, message, false);
    }

    private FailureException(int code, String message, boolean verbatim) {
        super(message);
        this.code = code;
        this.verbatim = verbatim;
    }

    /** Ends it with {@code code}, and says {@code text} and nothing else. */
    public static FailureException verbatim(int code, String text) {
        return new FailureException(code, text, true);
    }
}
