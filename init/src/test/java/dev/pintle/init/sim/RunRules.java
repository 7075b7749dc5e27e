package dev.pintle.init.sim;

import dev.pintle.init.core.State;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What follows from the end of a run: by policy, after exactly the specified time, and by no other transition. */
final class RunRules {
    /** Nothing is started twice within a second. */
    private static final long SECOND = 1000;

    private static final int GIVE_UP = 125;

    private static final Map<State, Set<State>> POSSIBLE = Map.of(
            State.DOWN, EnumSet.of(State.WAITING),
            State.WAITING, EnumSet.of(State.STARTING, State.FAILED, State.DOWN),
            State.STARTING,
                    EnumSet.of(
                            State.UP,
                            State.READY,
                            State.STOPPING,
                            State.FINISHING,
                            State.BACKOFF,
                            State.FAILED,
                            State.DONE,
                            State.DOWN),
            State.UP,
                    EnumSet.of(
                            State.READY,
                            State.STOPPING,
                            State.FINISHING,
                            State.BACKOFF,
                            State.FAILED,
                            State.DONE,
                            State.DOWN),
            State.READY,
                    EnumSet.of(
                            State.STOPPING,
                            State.FINISHING,
                            State.BACKOFF,
                            State.FAILED,
                            State.DONE,
                            State.DOWN,
                            State.WAITING),
            State.STOPPING, EnumSet.of(State.FINISHING, State.DOWN, State.WAITING, State.BACKOFF, State.FAILED),
            State.FINISHING, EnumSet.of(State.DOWN, State.WAITING, State.BACKOFF, State.FAILED, State.DONE),
            State.BACKOFF, EnumSet.of(State.WAITING, State.DOWN),
            State.FAILED, EnumSet.of(State.WAITING),
            State.DONE, EnumSet.of(State.WAITING, State.STOPPING, State.DOWN));

    private final Simulation simulation;

    RunRules(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Whether the table of states has it at all. */
    void judgePossible(Ledger ledger, State from, State to) {
        if (from != ledger.state) {
            violation(ledger, "goes from " + from + " and was " + ledger.state);
        }
        if (!POSSIBLE.getOrDefault(from, Set.of()).contains(to)) {
            violation(ledger, "goes from " + from + " to " + to);
        }
    }

    /** A run is over, and what comes next has been decided. */
    void judgeOutcome(Ledger ledger, State from, State to) {
        State expected = expected(ledger, from);
        if (expected != to) {
            violation(ledger, "goes from " + from + " to " + to + " and should be " + expected);
        }
        ledger.lastFinish = null;
        ledger.beingUndone = false;
    }

    private State expected(Ledger ledger, State from) {
        if (ledger.again) {
            ledger.failures = 0;
            return State.WAITING;
        }
        if (!ledger.wanted) {
            return State.DOWN;
        }
        if (from == State.STARTING && ledger.refused()) {
            ledger.refusals++;
            ledger.pause = Math.max(backoff(ledger, ledger.refusals), SECOND);
            return State.BACKOFF;
        }
        if (from == State.FINISHING && ledger.lastFinish != null && ledger.lastFinish.code() == GIVE_UP) {
            return State.FAILED;
        }
        if (failed(ledger)) {
            return afterFailure(ledger);
        }
        ledger.failures = 0;
        if (ledger.oneshot() || isFinal(ledger)) {
            return State.DONE;
        }
        long sinceStart = simulation.now() - ledger.startedAt;
        ledger.pause = Math.max(ledger.definition.restart().delay(), SECOND - sinceStart);
        return ledger.pause > 0 ? State.BACKOFF : State.WAITING;
    }

    private static boolean isFinal(Ledger ledger) {
        Policy policy = ledger.definition.restart().policy();
        return policy == Policy.NO || (policy == Policy.ON_FAILURE && ledger.succeeded());
    }

    private static boolean failed(Ledger ledger) {
        if (ledger.startFailed) {
            return true;
        }
        if (ledger.oneshot()) {
            return !ledger.succeeded();
        }
        RestartPolicy restart = ledger.definition.restart();
        boolean tooShort = ledger.concludedAt - ledger.startedAt < restart.minUptime();
        return !ledger.cameReady || (tooShort && (restart.strictUptime() || !isFinal(ledger)));
    }

    private State afterFailure(Ledger ledger) {
        RestartPolicy restart = ledger.definition.restart();
        ledger.failures++;
        if (restart.startRetries() >= 0 && ledger.failures > restart.startRetries()) {
            return State.FAILED;
        }
        long sinceStart = simulation.now() - ledger.startedAt;
        ledger.pause = Math.max(backoff(ledger, ledger.failures), SECOND - sinceStart);
        return State.BACKOFF;
    }

    /** What is waited after so many times in a row that it did not go well. */
    private static long backoff(Ledger ledger, int times) {
        RestartPolicy restart = ledger.definition.restart();
        long pause = SECOND;
        for (int i = 1; i < times && pause < restart.backoffMax(); i++) {
            pause = switch (restart.backoff()) {
                case NONE -> SECOND;
                case LINEAR -> pause + SECOND;
                case EXPONENTIAL -> pause * 2;
            };
        }
        return Math.min(pause, restart.backoffMax());
    }

    /** A pause is over: after its time, or because somebody asked. */
    void judgePause(Ledger ledger) {
        if (ledger.askedAt == simulation.now()) {
            ledger.failures = 0;
            return;
        }
        long lasted = simulation.now() - ledger.since;
        long slack = simulation.lag() - ledger.lagSince;
        if (lasted < ledger.pause || lasted > ledger.pause + slack) {
            violation(ledger, "paused for " + lasted + " ms and should have for " + ledger.pause);
        }
    }

    private void violation(Ledger ledger, String what) {
        simulation.violation(ledger.name() + " " + what);
    }
}
