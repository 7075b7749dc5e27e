package dev.pintle.archive.program;

import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.control.Message;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.sys.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code s6-svc}: commands to what supervises a service. */
public final class S6Svc {
    private static final String NAME = "s6-svc";
    private static final String SYNOPSIS =
            "[ -wu | -wU | -wd | -wD | -wr | -wR ] [ -T timeout ]" + " [ -abqhkti12pcyroduDUxOQ ] servicedir";

    private S6Svc() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        StringBuilder acts = new StringBuilder();
        Target target = null;
        long timeout = 0;
        Options options = new Options(call.words, "abqhkti12pcyroduDUxOQw:T:");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            if (letter == 'w') {
                target = options.value().length() == 1
                        ? Target.of(options.value().charAt(0))
                        : null;
                if (target == null) {
                    throw usage();
                }
            } else if (letter == 'T') {
                timeout = S6.number(options.value());
                if (timeout < 0) {
                    throw usage();
                }
            } else {
                acts.append((char) letter);
            }
        }
        if (!options.hasOperand()) {
            throw usage();
        }
        Supervised service = Supervised.of(call, options.operand());
        if (target != null && target.wantsReady() && !service.notifies()) {
            call.output.printError(NAME + ": warning: " + service.word
                    + "/notification-fd not present - ignoring request for readiness notification\n");
        }
        Status status = service.status();
        if (status == null) {
            throw S6.fatal(
                    S6.FATAL,
                    target == null ? NAME : "s6-svlisten1",
                    (target == null ? "unable to control " : "unable to subscribe to events for ") + service.word
                            + ": No such file or directory");
        }
        long[] before = {status.starts()};
        boolean there = target == null || target.isReached(service, before[0]);
        for (int i = 0; i < acts.length(); i++) {
            act(service, status, acts.charAt(i));
        }
        if (!there && target != null && !target.await(call, List.of(service), before, false, timeout)) {
            throw S6.fatal(Target.TIMED_OUT, "s6-svlisten1", "timed out");
        }
        return 0;
    }

    private static FailureException usage() {
        return S6.usage(NAME, SYNOPSIS);
    }

    private static void act(Supervised service, Status status, char act) throws FailureException {
        Message request = request(service, status, act);
        if (request != null && service.ask(request) == null) {
            throw S6.fatal(S6.FATAL, NAME, "unable to control " + service.word + ": Broken pipe");
        }
    }

    /** What is asked for; null for what has no effect on a service in its state. */
    private static @Nullable Message request(Supervised service, Status status, char act) {
        return switch (act) {
            case 'u', 'U' -> service.request("start");
            case 'd', 'D', 'x', 'Q' -> service.request("stop").with("only", true);
            case 'o' -> service.request("start").with("once", true);
            case 'O' -> status.isUp() ? service.request("start").with("once", true) : null;
            case 'r' -> status.isUp() ? service.request("restart") : null;
            default -> status.isUp() ? service.request("signal").with("signal", (long) signal(act)) : null;
        };
    }

    private static int signal(char act) {
        return switch (act) {
            case 'a' -> Signal.ALRM;
            case 'b' -> 6;
            case 'q' -> Signal.QUIT;
            case 'h' -> Signal.HUP;
            case 'k' -> Signal.KILL;
            case 't' -> Signal.TERM;
            case 'i' -> Signal.INT;
            case '1' -> Signal.USR1;
            case '2' -> Signal.USR2;
            case 'p' -> Signal.STOP;
            case 'c' -> Signal.CONT;
            default -> 28;
        };
    }
}
