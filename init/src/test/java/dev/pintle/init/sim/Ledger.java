package dev.pintle.init.sim;

import dev.pintle.init.core.State;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is true of one service by what the kernel saw and users asked, whatever the supervisor believes. */
final class Ledger {
    /** What it is as the supervisor has it: it may become what is {@link #latest} only when nothing of it runs. */
    ServiceDefinition definition;
    /** What the layout that was read last says of it. */
    ServiceDefinition latest;
    /** Whether that layout is the first that has it. */
    boolean fresh;
    /** Whether that layout has it no more. */
    boolean leaving;
    /** How long its start may take, by what it was when it began. */
    long readyTimeout;
    /** The grace period of the stop that is under way. */
    long grace;

    /** As announced, and since when. */
    State state = State.DOWN;

    long since;
    long lagSince;

    /** Its latest process, which may have ended. */
    @Nullable
    SimProcess run;
    /** Processes beside it, of all runs, that may live. */
    final List<SimProcess> helpers = new ArrayList<>(2);

    int runs;
    /** How many runs there had been when it last began to wait for its start. */
    int runsBefore;

    long startedAt;
    /** When the end of the run was acted upon. */
    long concludedAt;
    /** Whether this run has been announced as ready. */
    boolean cameReady;
    /** Whether a health test of this run has passed. */
    boolean testPassed;
    /** Whether this run was stopped for not becoming ready in time. */
    boolean startFailed;
    /** When this run was stopped for its health check; -1 where it was not. */
    long sickAt = -1;
    /** When it was stopped for not becoming ready in time; -1 where it was not. */
    long lateAt = -1;
    /** Whether this run was told to go for either: its code is not that of a stop. */
    boolean cut;
    /** Whether it may have been, or for a stop in the same moment. */
    boolean mayBeCut;
    /** Whether a user has sent KILL to this run. */
    boolean killAsked;
    /** Whether it has failed by an end that its policy lets be the last. */
    boolean failedByPolicy;
    /** Whether this run was stopped by {@code stop} of a completed oneshot. */
    boolean beingUndone;

    @Nullable
    ExitStatus lastExit;

    @Nullable
    ExitStatus lastFinish;

    /** Whether it was given up for the want of a dependency. */
    boolean blocked;
    /** Whether somebody wants it up. */
    boolean wanted;
    /** Whether somebody has asked for a run that none follows, and nobody for anything else since. */
    boolean once;
    /** Whether that run is still to begin. */
    boolean onceToCome;
    /** Whether it is to start again after its stop. */
    boolean again;
    /** When somebody last asked for it to start. */
    long askedAt = -1;

    /** When a user or a layout last had it run anew; in the same moment the container may begin to stop. */
    long anewAt = -1;

    int failures;
    /** Ends in a row since a run that was long enough. */
    int ends;
    /** When it was restarted without anybody having asked for it. */
    final List<Long> restarts = new ArrayList<>();
    /** How often in a row the kernel refused it a process. */
    int refusals;
    /** How long it has to wait in {@link State#BACKOFF}. */
    long pause;

    Ledger(ServiceDefinition definition) {
        this.definition = definition;
        this.latest = definition;
    }

    /** It begins anew, because somebody asked. */
    void forget() {
        failures = 0;
        ends = 0;
        restarts.clear();
    }

    String name() {
        return definition.name();
    }

    boolean oneshot() {
        return definition.type() == ServiceDefinition.Type.ONESHOT;
    }

    boolean alive() {
        return run != null && run.alive();
    }

    /** Whether its process is there as far as the supervisor can know: it lives, or has not been released. */
    boolean there() {
        return run != null && !run.released;
    }

    /** Whether the kernel refused its start, or what it takes: there is no process. */
    boolean refused() {
        return runs == runsBefore || run == null;
    }

    boolean succeeded() {
        ExitStatus exit = lastExit;
        return exit != null
                && (exit.signalled()
                        ? definition.restart().success().containsSignal(exit.signal())
                        : definition.restart().success().containsCode(exit.code()));
    }
}
