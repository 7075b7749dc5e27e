package dev.pintle.init.sys;

/**
 * How a process ended: with an exit code, or by a signal.
 *
 * @param signal the signal's number, or 0 where it exited
 * @param code   the exit code where it exited, else 0
 */
public record ExitStatus(int signal, int code) {

    /** Exited with {@code code}. */
    public static ExitStatus ofCode(int code) {
        return new ExitStatus(0, code);
    }

    /** Killed by {@code signal}. */
    public static ExitStatus ofSignal(int signal) {
        return new ExitStatus(signal, 0);
    }

    /** Whether a signal ended it. */
    public boolean signalled() {
        return signal != 0;
    }

    /** The code that a shell reports for it: 128 and the signal's number for a signal (POSIX, XCU 2.8.2). */
    public int shellCode() {
        return signalled() ? 128 + signal : code;
    }

    /** In words, such as {@code exited with code 1} or {@code killed by SIGTERM}. */
    public String describe() {
        return signalled() ? "killed by " + Signal.name(signal) : "exited with code " + code;
    }
}
