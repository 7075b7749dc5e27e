package dev.pintle.init.program;

/** Words that make no sense; the message says which. */
public final class UsageException extends FailureException {
    private static final long serialVersionUID = 1L;

    /** The option that makes none, as it was written; empty where it is something else. */
    public final String option;

    /** Whether just its value is missing. */
    public final boolean valueMissing;

    /** Anything but an option. */
    public UsageException(String message) {
        this(message, "", false);
    }

    UsageException(String message, String option, boolean valueMissing) {
        super(ExitCode.USAGE, message);
        this.option = option;
        this.valueMissing = valueMissing;
    }
}
