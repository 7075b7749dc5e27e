package dev.pintle.init.sim;

import dev.pintle.init.core.State;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.ServiceDefinition.Healthcheck.OnUnhealthy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exit code is the specified one, and nothing is left behind. */
final class ExitRules {
    /** Services had to be killed. */
    private static final int KILLED = 137;

    private final SimSys sys;
    private final World world;
    private final Ledgers ledgers;
    private final StopRules stops;
    /** The codes that the end may have where no service's code comes first; several where the order is the kernel's. */
    private final Set<Integer> causes = new HashSet<>();

    private int requested = -1;
    /** The code where main has not run and no service's end has a say. */
    private int unrunCode;
    /** Whether somebody asked for the stop, and no service's end has a say. */
    private boolean onlyAsked;
    /** Whether a service has taken so long to stop that it may have been killed for that. */
    private boolean mayHaveKilled;
    /** Whether one was. */
    private boolean hasKilled;

    private boolean explained;
    /** Whether a health check may have been the cause. */
    private boolean checked;

    ExitRules(SimSys sys, World world, Ledgers ledgers, StopRules stops) {
        this.sys = sys;
        this.world = world;
        this.ledgers = ledgers;
        this.stops = stops;
    }

    /** Somebody asked for the stop; main, if it is still to run, is told by {@code signal}. */
    void noteRequest(int code, int signal) {
        if (!explained) {
            onlyAsked = causes.isEmpty();
            causes.add(0);
        }
        if (onlyAsked && unrunCode == 0) {
            Ledger main = ledgers.find("main");
            unrunCode = main != null && main.wanted ? 128 + signal : 0;
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
                : to != State.FAILED
                        ? ContainerAction.IGNORE
                        : ledger.failedByPolicy
                                ? ledger.definition.restart().onFailedExit()
                                : ledger.definition.restart().onFailed();
        return action == ContainerAction.STOP_CONTAINER;
    }

    /** A service's new state stops the container, unless another one's in this turn did so before. */
    void noteCause(Ledger ledger, State to) {
        int code = code(ledger);
        onlyAsked = false;
        causes.add(to == State.FAILED && code <= 0 ? 1 : Math.max(code, 0));
    }

    private static int code(@Nullable Ledger ledger) {
        ExitStatus status = ledger == null ? null : ledger.lastExit;
        if (ledger == null || status == null) {
            return -1;
        }
        return !status.signalled() ? status.code() : ledger.cut ? 1 : 128 + status.signal();
    }

    /** A service's stop is over, and what has come of it is about to be noted. */
    void noteStopped(Ledger ledger) {
        long due = ledger.since + ledger.grace;
        boolean late = stops.begun() && sys.simulation.now() >= due;
        mayHaveKilled |= late;
        SimProcess run = ledger.run;
        boolean killed = run != null && run.killed && !ledger.killAsked && !ledger.beingUndone;
        hasKilled |= late && stops.begunBefore(due) && killed;
    }

    /** The stop begins: what has a check that may be its cause may have become another by the end of the turn. */
    void noteChecks() {
        for (Ledger ledger : ledgers.all()) {
            Healthcheck check = ledger.definition.healthcheck();
            checked |= check != null && check.onUnhealthy() == OnUnhealthy.STOP_CONTAINER;
        }
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
        noteChecks();
        if (!checked && world.layout().container().startupTimeout() <= 0) {
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
            violation("it said: " + firstLine(sys.messages().substring(internal)));
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
        Ledger main = ledgers.find("main");
        Ledger service = from == null ? null : ledgers.of(from);
        int ofMain = code(main);
        int ofService = code(service);
        int first = requested >= 0 ? requested : ofService >= 0 ? ofService : ofMain;
        Ledger decides = ofService >= 0 ? service : main;
        if (first >= 0 && !stops.outOfTime()) {
            boolean unsure = requested < 0 && decides != null && decides.mayBeCut;
            expected = unsure ? new HashSet<>(List.of(first, 1)) : Set.of(first);
        } else if (first >= 0) {
            // Its end may have come too late to be noticed.
            expected.add(first);
        }
        if (first < 0 && onlyAsked && main != null && main.run == null) {
            expected = new HashSet<>(Set.of(unrunCode));
        }
        boolean quiet = expected.contains(0) || expected.contains(unrunCode);
        if (first < 0 && onlyAsked && hasKilled) {
            expected = Set.of(KILLED);
        } else if (quiet && requested < 0 && (stops.killsWhatIsLeft() || (first < 0 && mayHaveKilled))) {
            expected = new HashSet<>(expected);
            expected.add(KILLED);
        }
        if (!expected.contains(code)) {
            violation("it exits with code " + code + " and should with one of " + expected);
        }
    }

    private void violation(String what) {
        sys.simulation.violation(what);
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
