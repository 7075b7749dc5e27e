package dev.pintle.init.sim;

import dev.pintle.init.core.State;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.RestartLimit;
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
            State.WAITING, EnumSet.of(State.STARTING, State.DONE, State.FAILED, State.DOWN),
            State.STARTING,
                    EnumSet.of(
                            State.UP,
                            State.READY,
                            State.STOPPING,
                            State.FINISHING,
                            State.BACKOFF,
                            State.FAILED,
                            State.DONE,
                            State.DOWN,
                            State.WAITING),
            State.UP,
                    EnumSet.of(
                            State.READY,
                            State.STOPPING,
                            State.FINISHING,
                            State.BACKOFF,
                            State.FAILED,
                            State.DONE,
                            State.DOWN,
                            State.WAITING),
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
        ledger.failedByPolicy = false;
        if (ledger.again) {
            ledger.forget();
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
        if (ledger.sickAt < 0 && (ledger.oneshot() || isFinal(ledger))) {
            ledger.failures = 0;
            ledger.failedByPolicy = !ledger.succeeded();
            return ledger.succeeded() ? State.DONE : State.FAILED;
        }
        return afterRun(ledger);
    }

    /** It is restarted: at once after a long run, else after pauses that grow, and only as often as is allowed. */
    private State afterRun(Ledger ledger) {
        RestartPolicy restart = ledger.definition.restart();
        boolean job = isPeriodic(ledger);
        if (job || lasted(ledger) >= restart.backoffReset()) {
            ledger.failures = 0;
            ledger.ends = 0;
        } else {
            ledger.ends++;
        }
        if (isAtItsLimit(ledger)) {
            return State.FAILED;
        }
        if (!job) {
            ledger.restarts.add(simulation.now());
        }
        long sinceStart = simulation.now() - ledger.startedAt;
        long grown = ledger.ends > 1 ? backoff(ledger, ledger.ends - 1) : 0;
        ledger.pause = Math.max(Math.max(restart.delay(), grown), SECOND - sinceStart);
        return ledger.pause > 0 ? State.BACKOFF : State.WAITING;
    }

    private boolean isAtItsLimit(Ledger ledger) {
        RestartLimit limit = ledger.definition.restart().limit();
        long from = simulation.now() - limit.period();
        return limit.most() >= 0
                && ledger.restarts.stream().filter(time -> time > from).count() >= limit.most();
    }

    /** Whether its last run was one of a job that runs now and then. */
    static boolean isPeriodic(Ledger ledger) {
        return ledger.succeeded()
                && ledger.sickAt < 0
                && ledger.definition.restart().delay() > 0;
    }

    private static long lasted(Ledger ledger) {
        long end = ledger.sickAt >= 0 ? ledger.sickAt : ledger.lateAt >= 0 ? ledger.lateAt : ledger.concludedAt;
        return end - ledger.startedAt;
    }

    private static boolean isFinal(Ledger ledger) {
        Policy policy = ledger.definition.restart().policy();
        return switch (policy) {
            case ALWAYS -> false;
            case ON_FAILURE -> ledger.succeeded();
            case ON_SUCCESS -> !ledger.succeeded();
            case NO -> true;
        };
    }

    private static boolean failed(Ledger ledger) {
        if (ledger.startFailed) {
            return true;
        }
        if (ledger.oneshot()) {
            return !ledger.succeeded();
        }
        RestartPolicy restart = ledger.definition.restart();
        boolean tooShort = lasted(ledger) < restart.minUptime();
        boolean fine = isFinal(ledger) || isPeriodic(ledger);
        return !ledger.cameReady || (tooShort && (restart.strictUptime() || !fine));
    }

    private State afterFailure(Ledger ledger) {
        RestartPolicy restart = ledger.definition.restart();
        ledger.failures++;
        ledger.ends++;
        if (restart.startRetries() >= 0 && ledger.failures > restart.startRetries()) {
            return State.FAILED;
        }
        if (isAtItsLimit(ledger)) {
            return State.FAILED;
        }
        ledger.restarts.add(simulation.now());
        long sinceStart = simulation.now() - ledger.startedAt;
        ledger.pause = Math.max(backoff(ledger, ledger.ends), SECOND - sinceStart);
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
            ledger.forget();
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
