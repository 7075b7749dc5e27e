package dev.pintle.init.tool;

/** The exit codes of the {@code pintle} command, the same for every subcommand. */
final class ExitCode {
    /** Done. */
    static final int OK = 0;
    /** Could not be done, or the answer is no. */
    static final int FAILED = 1;
    /** The command line makes no sense. */
    static final int USAGE = 2;
    /** Of {@code status}: something that should run does not. */
    static final int NOT_RUNNING = 3;
    /** There is no such service or group. */
    static final int NO_SUCH_SERVICE = 4;
    /** There is no init to talk to. */
    static final int NO_INIT = 5;
    /** It took too long. */
    static final int TIMED_OUT = 124;

    private ExitCode() {}
}
