package dev.pintle.init.sim;

import dev.pintle.init.core.State;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.ServiceDefinition.Healthcheck.OnUnhealthy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exit code is the specified one, and nothing is left behind. */
final class ExitRules {
    private final SimSys sys;
    private final World world;
    private final Ledgers ledgers;
    private final StopRules stops;
    /** The codes that the end may have where no service's code comes first; several where the order is the kernel's. */
    private final Set<Integer> causes = new HashSet<>();

    private int requested = -1;
    private boolean explained;

    ExitRules(SimSys sys, World world, Ledgers ledgers, StopRules stops) {
        this.sys = sys;
        this.world = world;
        this.ledgers = ledgers;
        this.stops = stops;
    }

    /** Somebody asked for the stop. */
    void noteRequest(int code) {
        if (!explained) {
            causes.add(0);
        }
        if (code >= 0) {
            requested = code;
        }
    }

    /** Whether a service's new state stops the container. */
    boolean isCause(Ledger ledger, State to) {
        if (explained) {
            return false;
        }
        ContainerAction action = to == State.DONE
                ? ledger.definition.restart().onExit()
                : to == State.FAILED ? ledger.definition.restart().onFailed() : ContainerAction.IGNORE;
        return action == ContainerAction.STOP_CONTAINER;
    }

    /** A service's new state stops the container, unless another one's in this turn did so before. */
    void noteCause(Ledger ledger, State to) {
        int code = code(ledger.lastExit);
        causes.add(to == State.FAILED && code <= 0 ? 1 : Math.max(code, 0));
    }

    private static int code(@Nullable ExitStatus status) {
        return status == null ? -1 : status.signalled() ? 128 + status.signal() : status.code();
    }

    /** The stop has begun: somebody asked, a service's end is the cause, a health check, or the start-up's time is over. */
    void judgeCause() {
        if (explained) {
            return;
        }
        explained = true;
        if (!causes.isEmpty()) {
            return;
        }
        boolean possible = world.layout().container().startupTimeout() > 0;
        for (Ledger ledger : ledgers.all()) {
            Healthcheck check = ledger.definition.healthcheck();
            possible |= check != null && check.onUnhealthy() == OnUnhealthy.STOP_CONTAINER;
        }
        if (!possible) {
            violation("the container stops without a reason");
        }
        causes.add(1);
    }

    /** The supervisor has left with a code. */
    void judge(int code, int descriptorsAtRest) {
        judgeCode(code);
        // The end of startup_timeout is looked at even where all is up by then.
        int allowed = world.layout().container().startupTimeout() > 0 ? 1 : 0;
        if (sys.poll.idleWakes() > allowed) {
            violation("poll was over " + sys.poll.idleWakes() + " times and nothing came of it");
        }
        int internal = sys.messages().indexOf("internal error");
        if (internal >= 0) {
            violation("it said: "
                    + sys.messages().substring(internal).lines().findFirst().orElse(""));
        }
        if (stops.outOfTime()) {
            return;
        }
        if (sys.descriptors.open() > descriptorsAtRest) {
            violation("descriptors are left open: " + sys.descriptors.files());
        }
        SimProcess init = sys.processes.init();
        for (SimProcess process : sys.processes.all()) {
            if (process != init && process.descendsFrom(init)) {
                violation("it leaves " + process + " behind");
            }
        }
    }

    private void judgeCode(int code) {
        Set<Integer> expected = new HashSet<>(causes);
        String from = world.layout().container().exitCodeFrom();
        int ofMain = main() == null ? -1 : code(main());
        int ofService = from == null ? -1 : code(ledgers.of(from).lastExit);
        int first = requested >= 0 ? requested : ofService >= 0 ? ofService : ofMain;
        if (first >= 0 && !stops.outOfTime()) {
            expected = Set.of(first);
        } else if (first >= 0) {
            // Its end may have come too late to be noticed.
            expected.add(first);
        }
        if (!expected.contains(code)) {
            violation("it exits with code " + code + " and should with one of " + expected);
        }
    }

    private @Nullable ExitStatus main() {
        for (Ledger ledger : ledgers.all()) {
            if (ledger.name().equals("main")) {
                return ledger.lastExit;
            }
        }
        return null;
    }

    private void violation(String what) {
        sys.simulation.violation(what);
    }
}
