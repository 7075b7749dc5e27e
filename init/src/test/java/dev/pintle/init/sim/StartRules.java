package dev.pintle.init.sim;

import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;

/** Nothing starts before what it depends on has met its condition; nothing is ready that has not said so. */
final class StartRules {
    private final SimSys sys;
    private final Supervisor supervisor;
    private final Ledgers ledgers;

    StartRules(SimSys sys, Supervisor supervisor, Ledgers ledgers) {
        this.sys = sys;
        this.supervisor = supervisor;
        this.ledgers = ledgers;
    }

    /**
     * A process is about to be made for a service.
     *
     * @param stopping whether the container stops since an earlier turn
     * @param stopped  whether it stops at least since this one; what was decided before that may be carried out after it
     */
    void judgeStart(Ledger ledger, boolean stopping, boolean stopped) {
        if (ledger.alive()) {
            violation(ledger, "is started while its process lives");
        }
        if (stopping) {
            violation(ledger, "is started while the container stops");
        } else if (!ledger.wanted && !(ledger.once && ledger.onceToCome) && !stopped) {
            violation(ledger, "is started although nobody wants it");
        }
        ledger.onceToCome = false;
        for (Dependency dependency : ledger.definition.dependsOn()) {
            if (!holds(ledgers.of(dependency.service()), dependency.condition())) {
                violation(ledger, "is started before " + dependency + " is true");
            }
        }
        for (String name : ledger.definition.after()) {
            State state = ledgers.of(name).state;
            if (state == State.WAITING || state == State.STARTING) {
                violation(ledger, "is started before " + name + ", which is " + state);
            }
        }
    }

    /** A service is done without having run: it has nothing to run, and started by the same rules. */
    void judgeMilestone(Ledger ledger, boolean stopping, boolean stopped) {
        if (!ledger.definition.isMilestone()) {
            violation(ledger, "is done without having run");
        }
        judgeStart(ledger, stopping, stopped);
        ledger.lastExit = ExitStatus.ofCode(0);
    }

    /** Whether a condition is true as far as the supervisor can know. */
    boolean holds(Ledger other, Condition condition) {
        boolean executed = other.run != null && other.there() && other.run.pastSetUp();
        boolean over = other.state == State.DONE || other.state == State.FAILED;
        boolean rests = other.state == State.BACKOFF && RunRules.isPeriodic(other);
        return switch (condition) {
            case STARTED -> executed || rests || other.state == State.DONE;
            case READY -> rests || other.state == State.DONE || (executed && isReady(other));
            case HEALTHY -> executed && isReady(other) && other.testPassed;
            case COMPLETED -> other.state == State.DONE && other.succeeded() && !other.alive();
            case FINISHED -> over && !other.alive();
        };
    }

    /** A service was announced as ready. */
    void judgeReady(Ledger ledger) {
        SimProcess run = ledger.run;
        if (run == null || !run.pastSetUp() || !isReady(ledger)) {
            violation(ledger, "is announced as ready and is not");
        }
    }

    private boolean isReady(Ledger ledger) {
        SimProcess run = ledger.run;
        return switch (ledger.definition.readiness().kind()) {
            case STARTED -> true;
            case FD, NOTIFY, TCP, FILE -> run != null && run.saidReady;
            case HEALTHCHECK -> ledger.testPassed;
        };
    }

    /** A service was given up because of a dependency. */
    void judgeGivenUp(Ledger ledger) {
        boolean lost = false;
        for (Dependency dependency : ledger.definition.dependsOn()) {
            Ledger other = ledgers.of(dependency.service());
            boolean over = other.state == State.FAILED || other.state == State.DONE;
            lost |= over && (!other.alive() || !holds(other, dependency.condition()));
        }
        if (!lost) {
            violation(ledger, "is given up although no dependency is lost");
        }
    }

    /** Nothing is going to happen by itself: whoever waits must have something to wait for. */
    void judgeRest() {
        for (Ledger ledger : ledgers.all()) {
            boolean waits = ledger.state == State.WAITING && waitsForSomething(ledger);
            boolean settled = ledger.state.settled() || ledger.state == State.UP || ledger.state == State.READY;
            if (!settled && !waits) {
                violation(ledger, "is left " + ledger.state);
            }
            if (ledger.wanted && ledger.state == State.DOWN) {
                violation(ledger, "is left down although it is wanted");
            }
            if (!ledger.wanted && !ledger.once && ledger.state.running()) {
                violation(ledger, "is left " + ledger.state + " although nobody wants it");
            }
            if (supervisor.service(ledger.name()) == null) {
                violation(ledger, "is forgotten");
            }
            if (ledger.leaving) {
                violation(ledger, "is left though the layout has it no more");
            }
            boolean staysForItsRun = ledger.once && ledger.state.running();
            if (!ledger.definition.equals(ledger.latest) && !staysForItsRun) {
                violation(ledger, "is left as it was before the layout was edited");
            }
        }
    }

    private boolean waitsForSomething(Ledger ledger) {
        for (Dependency dependency : ledger.definition.dependsOn()) {
            if (!holds(ledgers.of(dependency.service()), dependency.condition())) {
                return true;
            }
        }
        for (String name : ledger.definition.after()) {
            State state = ledgers.of(name).state;
            if (state == State.WAITING || (state == State.UP && ledgers.of(name).oneshot())) {
                return true;
            }
        }
        return false;
    }

    private void violation(Ledger ledger, String what) {
        sys.simulation.violation(ledger.name() + " " + what);
    }
}
