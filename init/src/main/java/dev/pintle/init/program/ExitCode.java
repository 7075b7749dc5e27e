package dev.pintle.init.program;

/** The exit codes of the {@code pintle} command and of the helper programs, the same for all. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** Could not be done, or the answer is no. */
    public static final int FAILED = 1;
    /** The command line makes no sense. */
    public static final int USAGE = 2;
    /** Of {@code status}: something that should run does not. */
    public static final int NOT_RUNNING = 3;
    /** There is no such service or group. */
    public static final int NO_SUCH_SERVICE = 4;
    /** There is no init to talk to. */
    public static final int NO_INIT = 5;
    /** It takes more memory than there is. The init's own: the kernel, or memory, does not allow what it needs. */
    public static final int OUT_OF_MEMORY = 111;
    /** It took too long. */
    public static final int TIMED_OUT = 124;

    /** Of a program that becomes another: it could not do what is to be done before (env(1), Docker). */
    public static final int NOT_PREPARED = 125;
    /** Of a program that becomes another: that one may not be executed (POSIX, XCU 2.8.2). */
    public static final int NOT_EXECUTABLE = 126;
    /** Of a program that becomes another: that one is not there (POSIX, XCU 2.8.2). */
    public static final int NOT_FOUND = 127;

    private ExitCode() {}
}
