package dev.pintle.init.sim;

import dev.pintle.init.core.State;
import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.Healthcheck.OnUnhealthy;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.ArrayList;
import java.util.List;

/** Stops run in reverse order, have a reason, and end inside their budgets. */
final class StopRules {
    /** What the specification leaves open: "near its end everything left is killed". */
    private static final long NEAR_THE_END = 1000;

    /** "in its last tenth, at most half a second". */
    private static final long KILL_RESERVE = 500;

    private final Simulation simulation;
    private final Ledgers ledgers;
    private final long budget;
    private long begun = -1;
    private long lagAtBegin;

    StopRules(Simulation simulation, Ledgers ledgers, long budget) {
        this.simulation = simulation;
        this.ledgers = ledgers;
        this.budget = budget;
    }

    /** The container's stop has begun. */
    void begin() {
        if (begun < 0) {
            begun = simulation.now();
            lagAtBegin = simulation.lag();
            ledgers.noteShutdown();
        }
    }

    boolean begun() {
        return begun >= 0;
    }

    /** Whether the container's stop had begun before a time. */
    boolean begunBefore(long time) {
        return begun >= 0 && begun < time;
    }

    /** Whether order does not matter any more. */
    private boolean killing() {
        return begun >= 0 && simulation.now() >= begun + budget - Math.min(NEAR_THE_END, budget / 2);
    }

    /** The time that the whole stop is allowed to take is over. */
    boolean outOfTime() {
        return begun >= 0 && simulation.now() >= begun + budget;
    }

    /** A service is being brought down. */
    void judgeStop(Ledger ledger, State from, boolean restarting) {
        boolean late = ledger.readyTimeout > 0
                && from != State.READY
                && from != State.DONE
                && simulation.now() - ledger.startedAt >= ledger.readyTimeout;
        ledger.beingUndone = from == State.DONE;
        boolean unhealthy = ledger.definition.healthcheck() != null
                && ledger.definition.healthcheck().onUnhealthy() == OnUnhealthy.RESTART;
        if (restarting) {
            return;
        }
        ledger.cut = ledger.wanted && (late || unhealthy);
        ledger.mayBeCut = ledger.once && late;
        if (ledger.wanted && late) {
            ledger.startFailed = true;
            ledger.lateAt = simulation.now();
        } else if (ledger.wanted && unhealthy) {
            ledger.sickAt = simulation.now();
            long lasted = ledger.sickAt - ledger.startedAt;
            ledger.startFailed =
                    !ledger.cameReady || lasted < ledger.definition.restart().minUptime();
        } else if (ledger.wanted) {
            violation(ledger, "is stopped although it is wanted");
        } else if (!(late && ledger.once) && !killing()) {
            judgeOrder(ledger);
        }
    }

    private void judgeOrder(Ledger ledger) {
        for (Ledger other : ledgers.all()) {
            boolean dependent = other.definition.after().contains(ledger.name());
            for (Dependency dependency : other.definition.dependsOn()) {
                dependent |= dependency.service().equals(ledger.name());
            }
            boolean there = other.alive() || other.state.running() || other.state == State.FINISHING;
            if (dependent && !other.wanted && !other.once && there) {
                violation(ledger, "is stopped before " + other.name() + ", which depends on it and is " + other.state);
            }
        }
    }

    /** After each turn: what should be gone by now has been killed. */
    void judgeTurn() {
        for (Ledger ledger : ledgers.all()) {
            boolean ending = ledger.state == State.STOPPING || ledger.state == State.FINISHING;
            long slack = simulation.lag() - ledger.lagSince;
            if (ending && simulation.now() > ledger.since + ledger.grace + slack) {
                judgeKilled(ledger, "its grace period");
            }
        }
    }

    /** With stop_group, and for main, nothing of the group is left by the stop that has not been killed. */
    void judgeGroup(Ledger ledger, ProcessTable processes) {
        SimProcess run = ledger.run;
        StopPolicy stop = ledger.definition.stop();
        boolean waits = stop.stopGroup() || ledger.name().equals("main");
        boolean late = simulation.now() >= ledger.since + ledger.grace;
        if (run == null || ledger.beingUndone || !waits || (!stop.killGroup() && (late || killsWhatIsLeft()))) {
            return;
        }
        for (SimProcess process : processes.all()) {
            boolean helper = ledger.helpers.contains(process);
            if (process.group == run.pid && process.alive() && !process.killed && !helper) {
                violation(ledger, "has " + process + " of its group left after its stop");
            }
        }
    }

    /** Whether the budget has come to where what is left is killed. */
    boolean killsWhatIsLeft() {
        return begun >= 0 && simulation.now() >= begun + budget - Math.min(KILL_RESERVE, budget / 10);
    }

    private void judgeKilled(Ledger ledger, String limit) {
        List<SimProcess> processes = new ArrayList<>(ledger.helpers);
        if (ledger.run != null) {
            processes.add(ledger.run);
        }
        for (SimProcess process : processes) {
            // A reload command belongs to nobody; a test is killed when its service is told to stop.
            if (process.alive() && !process.killed && !process.name.endsWith("RELOAD")) {
                violation(ledger, "has " + process + " left unkilled after " + limit);
            }
        }
    }

    /** The supervisor is about to exit. */
    void judgeEnd() {
        long took = simulation.now() - begun;
        if (begun >= 0 && took > budget + simulation.lag() - lagAtBegin) {
            simulation.violation("the stop took " + took + " ms, and had " + budget);
        }
    }

    private void violation(Ledger ledger, String what) {
        simulation.violation(ledger.name() + " " + what);
    }
}
