package dev.pintle.init.compat.runit;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;

/** What svlogd says on standard error. */
final class LogReport {
    private static final int FATAL = 111;
    private static final long PAUSE = 3_000;

    private final Invocation call;
    /** Whether what goes as it should is said too. */
    boolean verbose;

    LogReport(Invocation call) {
        this.call = call;
    }

    ToolSys sys() {
        return call.sys;
    }

    void inform(String what) {
        if (verbose) {
            say("info: " + what);
        }
    }

    void warn(String what) {
        say("warning: " + what);
    }

    void warn(String what, int errno) {
        warn(what + ": " + ErrorWords.of(errno));
    }

    /**
     * Says that what it cannot go on without has failed, and waits a while.
     *
     * @return whether it has, and is to be tried again
     */
    boolean hasFailed(int result, String what, String directory) {
        if (result < 0) {
            say("pausing: " + what + ": " + directory + ": " + ErrorWords.of(-result));
            call.sys.poll(new PollSet(), PAUSE);
        }
        return result < 0;
    }

    private void say(String text) {
        call.output.printError("svlogd: " + text + "\n");
    }

    static FailureException fatal(String what) {
        return FailureException.verbatim(FATAL, "svlogd: fatal: " + what + "\n");
    }
}
