package dev.pintle.init.compat.s6;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.ToolSys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code s6-notifyoncheck}: becomes a service's program and leaves a child behind that runs {@code ./data/check} until it
 * ends well, and then tells the supervisor that the service is ready. The child is gone once the service is.
 */
public final class S6NotifyOnCheck {
    private static final String NAME = "s6-notifyoncheck";
    private static final String SYNOPSIS =
            "[ -d ] [ -3 fd ] [ -s initialsleep ] [ -T globaltimeout ] [ -t localtimeout ]"
                    + " [ -w waitingtime ] [ -n tries ] [ -c \"checkprog...\" ] prog...";
    private static final String CHECK = "./data/check";
    /** What {@code -c} says is execline's; where that is not installed, the shell takes it. */
    private static final String EXECLINE =
            "command -v execlineb >/dev/null && exec execlineb -Pc \"$0\"; eval \"exec $0\"";

    private static final long MOST = 0xffffffffL;
    private static final int LARGEST = 64;

    private final Invocation call;
    private final ToolSys sys;
    private boolean twice;
    private long descriptor = -1;
    /** Milliseconds, all of them; 0 is for ever. */
    private long pause = 10;

    private long globalTimeout;
    private long localTimeout;
    private long waitingTime = 1_000;
    /** 0 for any number. */
    private long tries = 7;

    private @Nullable String program;

    // Of the child that checks
    private int service;
    private int signals;
    private long globalDeadline;

    private S6NotifyOnCheck(Invocation call) {
        this.call = call;
        this.sys = call.sys;
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        return new S6NotifyOnCheck(call).run();
    }

    private int run() throws FailureException {
        Options options = new Options(call.words, "d3:s:T:t:w:n:c:");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            take((char) letter, options.value());
        }
        List<String> command = options.operands();
        if (command.isEmpty()) {
            throw usage();
        }
        if (descriptor < 0) {
            readDescriptor();
        }
        int target = (int) Math.min(descriptor, Integer.MAX_VALUE);
        int open = sys.keepOpen(target);
        if (open < 0) {
            throw S6.fatal(S6.FATAL, NAME, "notification-fd sanity check failed: " + ErrorWords.of(-open));
        }
        service = sys.pid();
        int child = sys.fork();
        if (child < 0) {
            throw S6.fatal(S6.FATAL, NAME, "unable to fork: " + ErrorWords.of(-child));
        }
        if (child == 0) {
            return twice && sys.fork() != 0 ? 0 : check(target);
        }
        if (twice) {
            sys.release(child);
        }
        sys.close(target);
        return S6.execute(call, NAME, command, call.environment());
    }

    private void take(char letter, String value) throws FailureException {
        switch (letter) {
            case 'd' -> twice = true;
            case '3' -> descriptor = number(value);
            case 's' -> pause = number(value);
            case 'T' -> globalTimeout = number(value);
            case 't' -> localTimeout = number(value);
            case 'w' -> waitingTime = number(value);
            case 'n' -> tries = number(value);
            default -> program = value;
        }
    }

    private static FailureException usage() {
        return S6.usage(NAME, SYNOPSIS);
    }

    private static long number(String text) throws FailureException {
        long number = S6.number(text);
        if (number < 0 || number > MOST) {
            throw usage();
        }
        return number;
    }

    private void readDescriptor() throws FailureException {
        Files.Reading reading = Files.read(sys, "notification-fd", LARGEST);
        String text = reading.text();
        if (text == null) {
            throw S6.fatal(S6.FATAL, NAME, "unable to read ./notification-fd: " + ErrorWords.of(reading.errno()));
        }
        int end = text.indexOf('\n');
        descriptor = S6.number(end < 0 ? text : text.substring(0, end));
        if (descriptor < 0) {
            throw S6.fatal(S6.USAGE, NAME, "invalid ./notification-fd");
        }
    }

    // The child

    /** Checks until that ends well, or what was asked for is over; nobody hears of its code. */
    private int check(int target) {
        signals = sys.openSignals();
        globalDeadline = after(globalTimeout);
        for (long left = tries; tries == 0 || left > 0; left--) {
            rest(Math.min(globalDeadline, sys.monotonicMillis() + pause));
            pause = waitingTime;
            if (over()) {
                return 1;
            }
            if (passes()) {
                sys.write(target, new byte[] {'\n'}, 0, 1);
                return 0;
            }
        }
        return 1;
    }

    private long after(long timeout) {
        return timeout == 0 ? Long.MAX_VALUE : sys.monotonicMillis() + timeout;
    }

    private boolean over() {
        return sys.monotonicMillis() >= globalDeadline || sys.kill(service, 0) == -Errno.ESRCH;
    }

    /** Waits until it is time, or a child ends; TERM and the like end this process. */
    private void rest(long until) {
        PollSet set = new PollSet();
        set.add(signals, PollSet.READABLE);
        long timeout = until == Long.MAX_VALUE ? -1 : Math.max(0, until - sys.monotonicMillis());
        while (sys.poll(set, timeout) > 0) {
            for (int signal = sys.nextSignal(signals); signal > 0; signal = sys.nextSignal(signals)) {
                if (signal == Signal.CHLD) {
                    return;
                }
                if (signal == Signal.TERM || signal == Signal.HUP || signal == Signal.INT) {
                    sys.exit(1);
                }
            }
        }
    }

    /** Whether the check ends well within its time; one that does not is left to itself. */
    private boolean passes() {
        ChildSpec spec = spec();
        int errno = program == null ? -sys.mayExecute(CHECK) : 0;
        int pid = errno == 0 ? sys.spawn(spec) : -errno;
        if (pid < 0) {
            call.output.printError(
                    NAME + " (child): warning: unable to spawn " + CHECK + ": " + ErrorWords.of(-pid) + "\n");
            return false;
        }
        sys.close(spec.statusDescriptor);
        EndedChild ended = new EndedChild();
        long deadline = Math.min(globalDeadline, after(localTimeout));
        while (sys.monotonicMillis() < deadline) {
            while (sys.peekEnded(ended) == 1) {
                sys.release(ended.pid);
                if (ended.pid == pid) {
                    return !ended.status.signalled() && ended.status.code() == 0;
                }
            }
            rest(deadline);
        }
        if (over()) {
            sys.kill(pid, Signal.TERM);
        }
        return false;
    }

    private ChildSpec spec() {
        ChildSpec spec = new ChildSpec();
        spec.environment = sys.environment();
        spec.stdin = 0;
        if (program == null) {
            spec.programs = List.of(CHECK);
            spec.arguments = spec.programs;
            return spec;
        }
        spec.programs = Environment.placesOf("sh", call.environment().getOrDefault("PATH", S6.DEFAULT_PATH));
        spec.arguments = List.of("sh", "-c", EXECLINE, program);
        return spec;
    }
}
