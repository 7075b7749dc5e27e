package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One service as it runs: its definition, its state, and what must be remembered between events. */
public final class Service {
    /** The value of a time that is not set. */
    static final long NEVER = Long.MAX_VALUE;
    /** Failures that are remembered: as many as tell a pattern. */
    private static final int MOST_FAILURES = 5;

    private ServiceDefinition definition;
    /** What it is to be once no process of what it is is there; null where it stays what it is. */
    private @Nullable ServiceDefinition next;
    /** Whether the layout has it no more: it leaves once it is down. */
    boolean leaving;

    State state = State.DOWN;
    long since;

    /** Whether it is meant to run. */
    boolean wanted;
    /** Whether it is to start again once it is down. */
    boolean startQueued;
    /** Whether it is to go down once nothing that depends on it runs. */
    boolean stopQueued;

    /** Its process, or 0. */
    int pid;
    /** The helper process of its state, or 0. */
    int helperPid;
    /** What the helper is, or was asked to be; null where there is none. */
    @Nullable
    Role helper;

    /** The signal that tells it to stop; main gets the one that the container got. */
    int stopSignal;

    long startedAt;
    long endedAt;
    /** Whether this run has been ready. */
    boolean cameUp;
    /** Whether this run was cut short for not becoming ready. */
    boolean startFailed;
    /** Whether the process got KILL; it is then only waited for. */
    boolean killed;
    /** Whether it got KILL because everything must go at once: nothing more is run for it. */
    boolean cutShort;
    /** When its state's time is over. */
    long deadline = NEVER;
    /** When to look for readiness again. */
    long probeAt = NEVER;
    /** The pause before the next look. */
    long probePause;

    int failures;
    /** How often in a row the kernel has refused it a process. */
    int refusals;

    int starts;
    /** Shared by all that have never failed. */
    private List<Failure> failureLog = List.of();

    @Nullable
    ExitStatus lastExit;
    /** Whether it has failed only because of a dependency. */
    boolean blocked;
    /** Why it waits, failed, or its set-up broke; null where there is nothing to say. */
    @Nullable
    String reason;

    final Health health;

    Service(ServiceDefinition definition) {
        this.definition = definition;
        this.stopSignal = definition.stop().signal();
        this.health = new Health(this);
    }

    /** What it is: what the layout says of it, or said when its process was made. */
    public ServiceDefinition definition() {
        return definition;
    }

    /** What it is to be from its next start on. */
    ServiceDefinition latest() {
        return next != null ? next : definition;
    }

    /** Whether its process is one of what it is not to be any more. */
    boolean outdated() {
        return next != null;
    }

    /** The layout says something else of it: at once, or once no process is there that would have to be another. */
    void become(ServiceDefinition newDefinition) {
        if (LayoutChange.needsNewProcess(definition, newDefinition)) {
            next = newDefinition;
            takeOver();
        } else {
            next = null;
            define(newDefinition);
        }
    }

    /** Becomes what it is to be, unless a process of what it was is there; whether that made a difference. */
    boolean takeOver() {
        ServiceDefinition waiting = next;
        if (waiting == null || state.running() || state == State.FINISHING) {
            return false;
        }
        define(waiting);
        next = null;
        return true;
    }

    private void define(ServiceDefinition newDefinition) {
        definition = newDefinition;
        stopSignal = newDefinition.stop().signal();
    }

    /** Its name. */
    public String name() {
        return definition.name();
    }

    /** What it is doing. */
    public State state() {
        return state;
    }

    /** Since when, on the supervisor's clock. */
    public long since() {
        return since;
    }

    /** Its process, or 0. */
    public int pid() {
        return pid;
    }

    /** The process of its stop command, down command or finish script, or 0. */
    public int helperPid() {
        return helperPid;
    }

    /** Whether it is meant to run. */
    public boolean wanted() {
        return wanted;
    }

    /** Starts that have failed in a row. */
    public int failures() {
        return failures;
    }

    /** How often it has been started. */
    public int starts() {
        return starts;
    }

    /** How its last run ended; null before the first end. */
    public @Nullable ExitStatus lastExit() {
        return lastExit;
    }

    /** Why it waits or has failed; null where there is nothing to say. */
    public @Nullable String reason() {
        return reason;
    }

    /** What its health check says. */
    public HealthState healthState() {
        return health.state();
    }

    /** When its next start is due, where it is backing off; else the latest time there is. */
    public long deadline() {
        return deadline;
    }

    boolean oneshot() {
        return definition.type() == ServiceDefinition.Type.ONESHOT;
    }

    RestartPolicy restart() {
        return definition.restart();
    }

    /** What a dependency on it waits for where no condition is written. */
    public Condition bareCondition() {
        return oneshot() ? Condition.COMPLETED : Condition.READY;
    }

    /** Its last failures, the latest last. */
    public List<Failure> lastFailures() {
        return failureLog;
    }

    /** Notes that a start or a run has failed. */
    void noteFailure(long now, String how) {
        if (failureLog.isEmpty()) {
            failureLog = new ArrayList<>(MOST_FAILURES);
        } else if (failureLog.size() == MOST_FAILURES) {
            failureLog.remove(0);
        }
        long end = state.running() ? now : endedAt;
        failureLog.add(new Failure(now, Math.max(0, end - startedAt), how));
    }

    /** How its last run ended and how long it was, in words. */
    public String howItEnded() {
        ExitStatus exit = lastExit;
        String how = exit == null ? "ended" : exit.describe();
        return how + " after " + Words.duration(endedAt - startedAt);
    }

    /** It is to start, once at least: it waits for what it depends on, with a clean slate. */
    void awaitStart() {
        blocked = false;
        failures = 0;
        resume();
    }

    /** It waits for what it depends on. */
    void resume() {
        deadline = NEVER;
        reason = null;
        state = State.WAITING;
    }

    /** It is not wanted up any more. */
    void unwant() {
        wanted = false;
        startQueued = false;
    }

    /** Whether its last run ended with what the layout counts as success. */
    boolean succeeded() {
        ExitStatus exit = lastExit;
        if (exit == null) {
            return false;
        }
        return exit.signalled()
                ? restart().success().containsSignal(exit.signal())
                : restart().success().containsCode(exit.code());
    }

    /** Whether it is a oneshot that has done its work and not been brought down. */
    boolean completed() {
        return oneshot() && state == State.DONE;
    }

    /** Whether something of it runs, or must run before it counts as down. */
    boolean active() {
        return state.running()
                || state == State.FINISHING
                || (completed() && definition.stop().downCommand() != null);
    }
}
