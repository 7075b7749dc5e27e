package dev.pintle.init.helper;

import dev.pintle.init.program.Execution;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.Ascii;
import java.util.List;

/**
 * {@code pintle-pidproxy}: runs a program that starts a daemon, and passes signals on to the daemon, which it knows by its
 * pid file. It stands in for supervisor's pidproxy, with two differences: it ends with the program, with its code, where
 * the original looks every five seconds and ends with 0; and once it has passed a signal on that ends the daemon, it waits
 * until the daemon is gone, where the original leaves it to be killed with the container.
 */
public final class PidProxy {
    /** How often it looks whether the daemon is gone; it is not its child, so that nothing tells. */
    private static final long PAUSE = 50;
    /** Longer files have more in them than a number. */
    private static final int LONGEST_FILE = 64;

    private static final int MOST_DIGITS = 9;
    private static final int NONE = 0;

    private final Invocation call;
    private final ToolSys sys;
    private final String pidFile;
    private final PollSet wake = new PollSet();
    private final EndedChild ended = new EndedChild();
    private int signals;
    private int child;

    private PidProxy(Invocation call, String pidFile) {
        this.call = call;
        this.sys = call.sys;
        this.pidFile = pidFile;
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        List<String> words = call.words;
        if (words.size() < 2 || words.get(0).startsWith("-")) {
            throw new UsageException("name the daemon's pid file and the command that starts it");
        }
        return new PidProxy(call, words.get(0)).run(words.subList(1, words.size()));
    }

    private int run(List<String> command) throws FailureException {
        child = sys.fork();
        if (child < 0) {
            throw new FailureException(ExitCode.NOT_PREPARED, "cannot make a process: " + Errno.describe(-child));
        }
        if (child == 0) {
            return Execution.become(sys, command, call.environment());
        }
        signals = sys.openSignals();
        while (true) {
            int code = ended.reapAll(sys, child);
            if (code >= 0) {
                return code;
            }
            await(-1);
            int stopping = NONE;
            for (int signal = sys.nextSignal(signals); signal > 0; signal = sys.nextSignal(signals)) {
                int daemon = passOn(signal);
                stopping = daemon != NONE && ends(signal) ? daemon : stopping;
            }
            if (stopping != NONE) {
                return awaitEnd(stopping);
            }
        }
    }

    private void await(long timeout) {
        wake.clear();
        wake.add(signals, PollSet.READABLE);
        sys.poll(wake, timeout);
    }

    private static boolean ends(int signal) {
        return signal == Signal.TERM || signal == Signal.INT || signal == Signal.QUIT;
    }

    /** Sends the daemon a signal; its pid, or {@link #NONE} where it got none. */
    private int passOn(int signal) {
        if (!ends(signal) && signal != Signal.HUP && signal != Signal.USR1 && signal != Signal.USR2) {
            return NONE;
        }
        Files.Reading reading = Files.read(sys, pidFile, LONGEST_FILE);
        String text = reading.text() == null ? "" : Ascii.trim(reading.text());
        boolean number = Ascii.isNumber(text) && text.length() <= MOST_DIGITS;
        int pid = number ? Integer.parseInt(text) : NONE;
        if (pid <= 1) {
            call.output.complain("cannot pass " + Signal.name(signal) + " on: "
                    + (reading.text() == null
                            ? "cannot read " + pidFile + ": " + Errno.describe(reading.errno())
                            : pidFile + " has no pid in it"));
            return NONE;
        }
        int result = sys.kill(pid, signal);
        if (result < 0) {
            call.output.complain("cannot send " + Signal.name(signal) + " to " + pid + ", which " + pidFile + " names: "
                    + Errno.describe(-result));
            return NONE;
        }
        return pid;
    }

    /** Whoever stops a service takes the end of this process for the daemon's. */
    private int awaitEnd(int daemon) {
        while (sys.kill(daemon, 0) == 0) {
            await(PAUSE);
            ended.reapAll(sys, child);
            for (int signal = sys.nextSignal(signals); signal > 0; signal = sys.nextSignal(signals)) {
                passOn(signal);
            }
        }
        return ExitCode.OK;
    }
}
