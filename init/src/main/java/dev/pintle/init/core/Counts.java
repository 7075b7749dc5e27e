package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import org.jspecify.annotations.Nullable;

/** What has happened to a service since the init began, in numbers: what monitoring asks for. */
public final class Counts {
    int exitsByCode;
    int exitsBySignal;
    int checksPassed;
    int checksFailed;
    /** Milliseconds that the last run that became ready took for it; -1 where none has. */
    long readyAfter = -1;

    /** Runs that ended with an exit code. */
    public int exitsByCode() {
        return exitsByCode;
    }

    /** Runs that a signal ended. */
    public int exitsBySignal() {
        return exitsBySignal;
    }

    /** Health checks that passed. */
    public int checksPassed() {
        return checksPassed;
    }

    /** Health checks that failed, those that do not count included. */
    public int checksFailed() {
        return checksFailed;
    }

    /** Milliseconds from the start of the last run that became ready until it was; -1 where none has. */
    public long readyAfter() {
        return readyAfter;
    }

    void countCheck(boolean passed) {
        if (passed) {
            checksPassed++;
        } else {
            checksFailed++;
        }
    }

    void countExit(@Nullable ExitStatus end) {
        if (end != null && end.signalled()) {
            exitsBySignal++;
        } else if (end != null) {
            exitsByCode++;
        }
    }
}
