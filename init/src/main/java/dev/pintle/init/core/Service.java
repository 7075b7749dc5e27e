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
    /** How it begins what a run has perhaps left behind. */
    public static final String PERHAPS = "perhaps ";

    /** The value of a time that is not set. */
    public static final long NEVER = Long.MAX_VALUE;
    /** Failures that are remembered: as many as tell a pattern. */
    private static final int MOST_FAILURES = 5;
    /** A run that has lasted so long is not one of a crash loop, where {@code backoff_reset} does not ask for longer. */
    private static final long STEADY = 10_000;

    private static final long MINUTE = 60_000;
    /** Ends in a row, none after a steady run, that are called a crash loop. */
    private static final int MANY_ENDS = 2;
    /** Failures within {@link #A_WHILE} that are called one too, where each run lasts so long that it ends the back-off. */
    private static final int MANY_FAILURES = 3;

    private static final long A_WHILE = 5 * MINUTE;
    /** The longest that a run has to last to be believed after such. */
    private static final long LONG_STEADY = 2 * MINUTE;

    private ServiceDefinition definition;
    /** What it is to be once no process of what it is is there; null where it stays what it is. */
    private @Nullable ServiceDefinition next;
    /** Whether the layout has it no more: it leaves once it is down. */
    boolean leaving;

    State state = State.DOWN;
    long since = NEVER;

    /** Whether it is meant to run. */
    boolean wanted;
    /** Whether it is to start again once it is down; until that start is made. */
    boolean startQueued;
    /** Whether it becomes another once the service whose lines it reads has. */
    boolean restartsAfterWriter;
    /** While it waits: what it waits for first, as it was last found; null for nothing. */
    @Nullable
    Service blocker;
    /** Whether it is to go down once nothing that depends on it runs. */
    boolean stopQueued;
    /** Whether it goes on for a while though it is to go down; what it needs waits for it. */
    boolean stopHeld;

    /** Its process, or 0. */
    int pid;
    /** What is waited for after its process: its process group, or 0. */
    int group;
    /** The helper process of its state, or 0. */
    int helperPid;
    /** Whether a helper could not be executed, which has been said. */
    boolean helperBroken;
    /** The last process of its reload command, or 0. */
    int reloadPid;
    /** Whether its reload command was asked for, and has not ended. */
    private boolean reloading;
    /** What went wrong with the last one; empty where nothing did. */
    private String reloadFailure = "";
    /** What the helper is, or was asked to be; null where there is none. */
    @Nullable
    Role helper;

    /** The signal that tells it to stop; main gets the one that the container got. */
    int stopSignal;

    long startedAt;
    long endedAt;
    /** What keeps its run from writing lines, where it is a logger; empty where nothing does. */
    String trouble = "";
    /** Whether somebody else accepts connections where it is to. */
    boolean portTaken;
    /** Whether this run has been ready. */
    boolean cameUp;
    /** Whether this run counts as a failed start for when it was cut short. */
    boolean startFailed;
    /** Whether this run was cut short for its health check. */
    boolean sickened;
    /** When this run was cut short for either. */
    long cutAt = NEVER;
    /** Whether the process got KILL; it is then only waited for. */
    boolean killed;
    /** Whether it got KILL because everything must go at once: nothing more is run for it. */
    boolean cutShort;
    /** When its state's time is over. */
    long deadline = NEVER;
    /** When to look again: for readiness, or in a stop for its process group. */
    long probeAt = NEVER;
    /** The pause before the next look. */
    long probePause;
    /** Whether somebody waits for it to stay up for {@code min_uptime}, where nothing else proves that it is ready. */
    boolean proofAwaited;
    /** When that is told. */
    long proofAt = NEVER;
    /** Since when it is meant to be ready and is not. */
    long lateSince;
    /** When that is said. */
    long complainAt = NEVER;
    /** What has become of the processes that its last run has left behind; empty where there are none, or nobody looked. */
    String left = "";
    /** Whether its last run is that of a program that went into the background: it has ended, and its work has not. */
    boolean wentToBackground;

    /** Failed starts in a row. */
    int failures;
    /** Ends in a row, failed starts included, since the last run that ended the back-off. */
    int endsInARow;
    /** Null for those that were never restarted. */
    private @Nullable Restarts restarts;
    /** Whether the last of those is still to be made. */
    boolean restartToCome;
    /** How the last run ended, in words; null before the first end. */
    private @Nullable String lastEnd;
    /** How often in a row the kernel has refused it a process. */
    int refusals;

    /** Whether it has failed, and not recovered since: the end of what it prints is worth keeping. */
    boolean heard;

    int starts;
    final Counts counts = new Counts();
    /** Shared by all that have never failed. */
    private List<Failure> failureLog = List.of();
    /** How many of those there have been since somebody asked for its start. */
    private int newFailures;

    @Nullable
    ExitStatus lastExit;
    /** Whether that run was cut short; a start that is refused a process since does not change it. */
    boolean lastExitCut;
    /** Whether it has failed only because of a dependency. */
    boolean blocked;
    /** Whether it has failed by an end that its policy lets be the last. */
    boolean failedByPolicy;
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

    /** Since when, on the supervisor's clock; {@link #NEVER} where it has never been anything else. */
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

    /** What has happened to it so far. */
    public Counts counts() {
        return counts;
    }

    /** How its last run ended; null before the first end. */
    public @Nullable ExitStatus lastExit() {
        return lastExit;
    }

    /** Why it waits or has failed; null where there is nothing to say. */
    public @Nullable String reason() {
        return reason;
    }

    /** What keeps it from writing lines, where it is a logger; empty where nothing does. */
    public String trouble() {
        return trouble;
    }

    /** The last test of its health; null where there was none. */
    public @Nullable TestResult lastTest() {
        return health.last;
    }

    /** What its health check says. */
    public HealthState healthState() {
        return health.state();
    }

    /** When its next start is due, where it is backing off; else the latest time there is. */
    public long deadline() {
        return deadline;
    }

    /** Whether its reload command runs. */
    public boolean isReloading() {
        return reloading;
    }

    /** What went wrong when it was last told to reload; empty where nothing did. */
    public String reloadFailure() {
        return reloadFailure;
    }

    /** It is told to reload, by a command or by a signal. */
    void beginReload(boolean byCommand) {
        reloading = byCommand;
        reloadFailure = "";
    }

    /** Its reload command has ended, or cannot be run; the first thing that was wrong with it tells most. */
    void endReload(String failure) {
        reloading = false;
        reloadFailure = reloadFailure.isEmpty() ? failure : reloadFailure;
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

    /** Whether it has failed, and not recovered since: the end of what it prints is kept where that can be. */
    public boolean heard() {
        return heard;
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
        failureLog.add(new Failure(now, Math.max(0, lasted()), how));
        newFailures = Math.min(newFailures + 1, MOST_FAILURES);
    }

    /** How its last run ended and how long it was, in words. */
    public String howItEnded() {
        ExitStatus exit = lastExit;
        String how = exit == null ? "ended" : exit.describe();
        return how + " after " + Words.duration(endedAt - startedAt);
    }

    /** The same, of the last run that nobody had asked to end; null where there was none, and none has been asked for since. */
    public @Nullable String lastEnd() {
        return lastEnd;
    }

    /** When its last run began. */
    public long startedAt() {
        return startedAt;
    }

    /** When its last run ended. */
    public long lastEndAt() {
        return endedAt;
    }

    /** How long its last run was; to where it was cut short, if it was. */
    long lasted() {
        return Math.min(endedAt, cutAt) - startedAt;
    }

    /** Whether its last run is one of a row with pauses that the layout asks for: a job that runs now and then. */
    boolean isPeriodic() {
        return succeeded() && !sickened && restart().delay() > 0;
    }

    /**
     * Whether it is ready by more than its execution: where that is all that readiness takes, a run is believed once it has
     * lasted {@code min_uptime}.
     */
    public boolean isProved(long now) {
        return state == State.READY
                && (!provesItselfByTime() || now - startedAt >= restart().minUptime());
    }

    /** Whether this run has been ready by more than that. */
    boolean saidReady() {
        return cameUp && !provesItselfByTime();
    }

    private boolean provesItselfByTime() {
        return definition.readiness().kind() == ServiceDefinition.Readiness.Kind.STARTED;
    }

    /** Sees to it that who waits is told when it is proved. */
    void scheduleProof() {
        boolean byTime = proofAwaited && state == State.READY && provesItselfByTime();
        proofAt = byTime ? startedAt + restart().minUptime() : NEVER;
    }

    /** Whether it waits for the next of such runs, and all is well. */
    public boolean restsBetweenRuns() {
        return state == State.BACKOFF && endsInARow == 0 && refusals == 0 && isPeriodic();
    }

    /** Notes that a run has ended that nobody had asked to end. */
    void noteEnd(String how) {
        lastEnd = how;
    }

    /** Notes that it is to be restarted though nobody asks for that. */
    void noteRestart(long now) {
        Restarts list = restarts;
        if (list == null) {
            list = new Restarts();
            restarts = list;
        }
        list.add(now);
        restartToCome = true;
    }

    /** How often it was restarted within a time without anybody having asked for that. */
    int restartsWithin(long millis, long now) {
        return restarts == null ? 0 : restarts.after(now - millis);
    }

    /** How often it was restarted in the last minute without anybody having asked for that. */
    public int restartsLately(long now) {
        return restarted(MINUTE, now);
    }

    /** The same of the last five minutes. */
    public int restartsInAWhile(long now) {
        return restarted(A_WHILE, now);
    }

    private int restarted(long millis, long now) {
        return Math.max(0, restartsWithin(millis, now) - (restartToCome ? 1 : 0));
    }

    /** Whether it is restarted again and again: then it is in trouble even while it runs. */
    public boolean keepsEnding(long now) {
        if (state.running() && now - startedAt >= steady()) {
            return false;
        }
        return endsAgainAndAgain(now);
    }

    /** How long a run has to last to be believed: twice as long as the one that failed last, as far as that can be asked for. */
    private long steady() {
        long last = newFailures == 0 ? 0 : failureLog.get(failureLog.size() - 1).lasted();
        return Math.max(Math.max(STEADY, restart().backoffReset()), Math.min(2 * last, LONG_STEADY));
    }

    /** The same, of one whose run has ended. */
    boolean endsAgainAndAgain(long now) {
        return endsInARow >= MANY_ENDS || failuresWithin(A_WHILE, now) >= MANY_FAILURES;
    }

    /** Whether its last run, which somebody has ended, has lasted so long that all was well. */
    boolean hadRecovered(long now) {
        long reset = restart().backoffReset();
        return lasted() >= steady() || (lasted() >= reset && failuresWithin(A_WHILE, now) < MANY_FAILURES);
    }

    /** Those of before somebody asked for its start are past. */
    private int failuresWithin(long millis, long now) {
        int count = 0;
        for (int i = failureLog.size() - newFailures; i < failureLog.size(); i++) {
            count += failureLog.get(i).at() > now - millis ? 1 : 0;
        }
        return count;
    }

    /** It is to start, once at least: it waits for what it depends on, with a clean slate. */
    void awaitStart() {
        blocked = false;
        failedByPolicy = false;
        failures = 0;
        endsInARow = 0;
        newFailures = 0;
        restarts = null;
        restartToCome = false;
        lastEnd = null;
        resume();
    }

    /** It waits for what it depends on. */
    void resume() {
        deadline = NEVER;
        reason = null;
        state = State.WAITING;
    }

    /** Its stop waits for others. A start that takes too long does not bring it down before them. */
    void giveTimeToStart() {
        if (state == State.STARTING || state == State.UP) {
            deadline = NEVER;
        }
    }

    /** It is wanted after all: its start has to end in time again. */
    void resumeStart() {
        if (state == State.STARTING || state == State.UP) {
            deadline = startDeadline(startedAt);
        }
    }

    /** When a start that begins now has taken too long. */
    long startDeadline(long now) {
        long timeout = definition.readiness().timeout();
        return timeout > 0 ? now + timeout : NEVER;
    }

    /** It is not wanted up any more. */
    void unwant() {
        wanted = false;
        startQueued = false;
    }

    /**
     * Notes what its last run has left behind. A service that ends at once with success while what it has started lives has gone
     * into the background. Of main the code counts, as it often is a job: only of programs that are known for it is that not
     * believed, and these have longer, since some wait until they serve. Of others it must be known whose process that is.
     */
    void noteLeft(String what) {
        left = what;
        boolean known = !Daemons.foreground(definition.command()).isEmpty();
        boolean soon = lasted()
                < (known
                        ? STEADY
                        : name().equals(Supervisor.MAIN) ? 0 : restart().minUptime());
        boolean sure = !what.isEmpty() && (known || !what.startsWith(PERHAPS));
        wentToBackground = soon && sure && !oneshot() && ExitStatus.ofCode(0).equals(lastExit);
    }

    /** Whether its last run ended with what the layout counts as success. */
    boolean succeeded() {
        ExitStatus exit = lastExit;
        if (exit == null || wentToBackground) {
            return false;
        }
        if (definition.isMilestone()) {
            return true;
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
