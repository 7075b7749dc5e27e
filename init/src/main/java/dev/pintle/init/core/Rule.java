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
 * What is done in a cell of the state table: its text, and every state that it may lead to. {@link ServiceMachine}
 * carries it out.
 */
enum Rule {
    /** Nothing. */
    STAY("nothing"),
    /** A fault of ours: said, and nothing changed. */
    IMPOSSIBLE("cannot happen: `internal error` is logged"),
    /** Wait for dependencies with a clean slate. */
    AWAIT("forget earlier failures, wait for dependencies", WAITING),
    /** Wait for dependencies after a pause that was set. */
    RESUME("wait for dependencies", WAITING),
    /** A completed oneshot stays so; anything else starts again. */
    AWAIT_UNLESS_COMPLETED("a completed oneshot stays; else wait for dependencies", WAITING),
    /** Remember to start again after this stop. */
    QUEUE_START("start again once stopped"),
    /** Forget that it was to start again. */
    CANCEL_START("do not start again"),
    /** Make the process. */
    LAUNCH("make the process", STARTING),
    /** Give up, because of a dependency. */
    GIVE_UP("give up, the dependency named in status", FAILED),
    /** Note the pid. */
    NOTE_PROCESS("note its pid"),
    /** Note the pid and bring it down at once: the stop overtook the start. */
    NOTE_AND_STOP("note its pid, then stop it"),
    /** Try again later. */
    RETRY_LATER(
            "try again after a pause that is not counted as a failed start; down where it is to go down",
            BACKOFF,
            DOWN),
    /** A failed start that never had a process. */
    FAIL_UNBORN("it counts as a failed start; down where it is to go down", BACKOFF, FAILED, DOWN),
    /** It had been asked to stop and has no process: settled. */
    STOPPED_UNBORN("nothing is left to stop: settle", DOWN, WAITING, BACKOFF, FAILED),
    /** It runs; ready at once where execution is all that readiness takes. */
    COME_UP("ready at once where `ready = started`", UP, READY),
    /** Note why the set-up failed. */
    NOTE_BREAKAGE("note the step and the errno"),
    /** It is ready. */
    COME_READY("ready", READY),
    /** Stop command or stop signal. */
    BEGIN_STOP("run the stop command, or send the stop signal; start the grace period", STOPPING),
    /** The same, to start again afterwards. */
    BEGIN_RESTART("stop it, then start it again", STOPPING),
    /** The same, as a failed start. */
    FAIL_START("stop it; it counts as a failed start", STOPPING),
    /** Down command of a completed oneshot. */
    BEGIN_DOWN("run a completed oneshot's down command; else down", STOPPING, DOWN),
    /** Down command of a completed oneshot, to run it again afterwards. */
    BEGIN_RERUN("run a completed oneshot's down command; then wait for dependencies", STOPPING, WAITING),
    /** Nothing runs: down. */
    GO_DOWN("down", DOWN),
    /** Kill the whole group. */
    KILL_ALL("KILL its process group and its helper", STOPPING),
    /** Kill the finish script. */
    KILL_FINISH("KILL its finish script", FINISHING),
    /** The stop command has ended or was cut short: send the signal. A down command: settled. */
    AFTER_STOP_COMMAND("after a stop command, send the stop signal; after a down command, settle", DOWN, WAITING),
    /** The run is over: finish script, or what comes next. */
    CONCLUDE(
            "KILL what is left of its group; run the finish script, or settle by policy",
            FINISHING,
            WAITING,
            BACKOFF,
            FAILED,
            DONE,
            DOWN),
    /** The finish script has ended. */
    SETTLE("settle by policy", WAITING, BACKOFF, FAILED, DONE, DOWN),
    /** No longer wanted; the finish script may end. */
    UNWANT("down once the finish script has ended"),
    /** Wanted after all. */
    WANT("start again once the finish script has ended");

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<State> next;

    Rule(String text, State... next) {
        this.text = text;
        this.next = List.of(next);
    }

    /** What is done, for the printed table. */
    String text() {
        return text;
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
