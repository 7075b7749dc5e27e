package dev.pintle.init.core;

import static dev.pintle.init.core.State.BACKOFF;
import static dev.pintle.init.core.State.DONE;
import static dev.pintle.init.core.State.DOWN;
import static dev.pintle.init.core.State.FAILED;
import static dev.pintle.init.core.State.FINISHING;
import static dev.pintle.init.core.State.READY;
import static dev.pintle.init.core.State.STARTING;
import static dev.pintle.init.core.State.STOPPING;
import static dev.pintle.init.core.State.UP;
import static dev.pintle.init.core.State.WAITING;

import java.util.List;

/**
 * What is done in a cell of the state table, and every state that it may lead to. {@link ServiceMachine} carries it out.
 */
enum Rule {
    /** Nothing. */
    STAY,
    /** A fault of ours: said, and nothing changed. */
    IMPOSSIBLE,
    /** Wait for dependencies with a clean slate. */
    AWAIT(WAITING),
    /** Wait for dependencies after a pause that was set. */
    RESUME(WAITING),
    /** A completed oneshot stays so; anything else starts again. */
    AWAIT_UNLESS_COMPLETED(WAITING),
    /** Remember to start again after this stop. */
    QUEUE_START,
    /** Forget that it was to start again. */
    CANCEL_START,
    /** Make the process; a milestone, which has none, is done. */
    LAUNCH(STARTING, DONE),
    /** Give up, because of a dependency. */
    GIVE_UP(FAILED),
    /** Note the pid. */
    NOTE_PROCESS,
    /** Note the pid and bring it down at once: the stop overtook the start. */
    NOTE_AND_STOP,
    /** Try again later. */
    RETRY_LATER(BACKOFF, DOWN),
    /** A failed start that never had a process. */
    FAIL_UNBORN(BACKOFF, FAILED, DOWN),
    /** It had been asked to stop and has no process: settled. */
    STOPPED_UNBORN(DOWN, WAITING, BACKOFF, FAILED),
    /** It runs; ready at once where execution is all that readiness takes. */
    COME_UP(UP, READY),
    /** Note why the set-up failed. */
    NOTE_BREAKAGE,
    /** It is ready. */
    COME_READY(READY),
    /** Stop command or stop signal. */
    BEGIN_STOP(STOPPING),
    /** The same, to start again afterwards. */
    BEGIN_RESTART(STOPPING),
    /** The same, as a failed start. */
    FAIL_START(STOPPING),
    /** The same, because it is unhealthy: it counts as an end of its own, or as a failed start. */
    SICKEN(STOPPING),
    /** Down command of a completed oneshot. */
    BEGIN_DOWN(STOPPING, DOWN),
    /** Down command of a completed oneshot, to run it again afterwards. */
    BEGIN_RERUN(STOPPING, WAITING),
    /** Nothing runs: down. */
    GO_DOWN(DOWN),
    /** Kill the whole group, or give it up. */
    KILL_ALL(STOPPING, FINISHING, WAITING, BACKOFF, FAILED, DOWN),
    /** Kill the finish script. */
    KILL_FINISH(FINISHING),
    /** The stop command has ended or was cut short: send the signal. A down command: settled. */
    AFTER_STOP_COMMAND(DOWN, WAITING),
    /** The run is over: finish script, or what comes next. */
    CONCLUDE(FINISHING, WAITING, BACKOFF, FAILED, DONE, DOWN),
    /** Nothing is left of its process group: as for the end of a run. */
    CONCLUDE_GROUP(FINISHING, WAITING, BACKOFF, FAILED, DOWN),
    /** The finish script has ended. */
    SETTLE(WAITING, BACKOFF, FAILED, DONE, DOWN),
    /** No longer wanted; the finish script may end. */
    UNWANT,
    /** Wanted after all. */
    WANT;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<State> next;

    Rule(State... next) {
        this.next = List.of(next);
    }

    /** The states it may lead to besides the one it was in, which is always allowed. */
    List<State> next() {
        return next;
    }

    /** Whether it may lead from {@code from} to {@code to}. */
    boolean allows(State from, State to) {
        return from == to || next.contains(to);
    }
}
