package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out the rules of the state table on one service. */
final class ServiceMachine {
    /** The exit code by which a finish script says that there is no use in another start (s6-supervise). */
    private static final int PERMANENT_FAILURE = 125;

    /** What a finish script gets in place of an exit code where a signal ended the run (s6-supervise). */
    private static final int NO_CODE = 256;

    private static final long FIRST_PROBE_PAUSE = 10;

    private final Actions actions;
    private final Aftermath aftermath;

    ServiceMachine(Actions actions) {
        this.actions = actions;
        this.aftermath = new Aftermath(actions);
    }

    /**
     * What comes with a trigger.
     *
     * @param pid    of SPAWNED
     * @param status of ENDED, and of HELPER_ENDED where the helper was made
     * @param text   of REFUSED, UNLAUNCHABLE, BROKEN and BLOCKED: why
     */
    record Detail(int pid, @Nullable ExitStatus status, String text) {
        static final Detail NONE = new Detail(0, null, "");

        static Detail ofPid(int pid) {
            return new Detail(pid, null, "");
        }

        static Detail ofStatus(@Nullable ExitStatus status) {
            return new Detail(0, status, "");
        }

        static Detail ofText(String text) {
            return new Detail(0, null, text);
        }
    }

    /** Applies the rule for what happened to a service in its state. */
    void fire(Service service, Trigger trigger, Detail detail, long now) {
        State before = service.state;
        Rule rule = Transitions.rule(before, trigger);
        carryOut(rule, service, trigger, detail, now);
        State after = service.state;
        if (!rule.allows(before, after)) {
            actions.say(
                    LogLevel.ERROR,
                    "internal error: " + service.name() + " went from " + before.text() + " to " + after.text() + " by "
                            + rule.name());
        }
        if (before != after) {
            service.since = now;
            actions.add(new Action.Announce(service.name(), before, after));
        }
    }

    private void carryOut(Rule rule, Service service, Trigger trigger, Detail detail, long now) {
        switch (rule) {
            case STAY -> {}
            case IMPOSSIBLE ->
                actions.say(
                        LogLevel.ERROR,
                        "internal error: " + service.name() + " " + trigger.text() + " while " + service.state.text());
            case AWAIT -> service.awaitStart();
            case RESUME -> service.resume();
            case AWAIT_UNLESS_COMPLETED -> awaitUnlessCompleted(service);
            case QUEUE_START -> service.startQueued = true;
            case CANCEL_START, UNWANT -> service.unwant();
            case LAUNCH -> launch(service, now);
            case GIVE_UP -> {
                aftermath.giveUp(service, detail.text());
                service.blocked = true;
            }
            case NOTE_PROCESS -> noteProcess(service, detail.pid(), now);
            case NOTE_AND_STOP -> noteAndStop(service, detail.pid(), now);
            case RETRY_LATER -> retryLater(service, detail.text(), now);
            case FAIL_UNBORN -> failUnborn(service, detail.text(), now);
            case STOPPED_UNBORN -> aftermath.settle(service, now);
            case COME_UP -> comeUp(service, now);
            case NOTE_BREAKAGE -> service.reason = detail.text();
            case COME_READY -> comeReady(service, now);
            case BEGIN_STOP -> beginStop(service, now);
            case BEGIN_RESTART -> beginRestart(service, now);
            case FAIL_START -> failStart(service, now);
            case BEGIN_DOWN -> beginDown(service, now);
            case BEGIN_RERUN -> beginRerun(service, now);
            case GO_DOWN -> goDown(service);
            case KILL_ALL -> killAll(service, trigger);
            case KILL_FINISH -> killFinish(service, trigger);
            case AFTER_STOP_COMMAND -> afterStopCommand(service, now);
            case CONCLUDE -> conclude(service, detail.status(), now);
            case SETTLE -> settleAfterFinish(service, detail.status(), now);
            case WANT -> want(service);
        }
    }

    // Starting

    private void awaitUnlessCompleted(Service service) {
        if (!service.completed()) {
            service.awaitStart();
        }
    }

    private void launch(Service service, long now) {
        long timeout = service.definition().readiness().timeout();
        service.state = State.STARTING;
        service.startedAt = now;
        service.cameUp = false;
        service.startFailed = false;
        service.killed = false;
        service.cutShort = false;
        service.reason = null;
        service.starts++;
        service.deadline = timeout > 0 ? now + timeout : Service.NEVER;
        actions.spawn(service, Role.RUN, service.definition().command());
    }

    private static void noteProcess(Service service, int pid, long now) {
        service.pid = pid;
        service.startedAt = now;
        service.refusals = 0;
    }

    private void noteAndStop(Service service, int pid, long now) {
        noteProcess(service, pid, now);
        if (service.killed) {
            killMain(service);
        } else {
            sendStopSignal(service);
        }
    }

    private void retryLater(Service service, String why, long now) {
        if (!service.wanted) {
            aftermath.settle(service, now);
            return;
        }
        service.refusals++;
        service.reason = why;
        service.deadline = now + Math.max(Backoff.delay(service.restart(), service.refusals), Aftermath.LEAST_CYCLE);
        service.state = State.BACKOFF;
        if (service.refusals == 1) {
            actions.say(
                    LogLevel.WARN,
                    "cannot start " + service.name() + ": " + why + "; trying again until it can be done");
        }
    }

    private void failUnborn(Service service, String why, long now) {
        service.reason = why;
        service.endedAt = now;
        if (service.wanted) {
            aftermath.countFailure(service, now);
        } else {
            aftermath.settle(service, now);
        }
    }

    private void comeUp(Service service, long now) {
        Readiness.Kind kind = service.definition().readiness().kind();
        if (!service.oneshot() && kind == Readiness.Kind.STARTED) {
            comeReady(service, now);
            return;
        }
        service.state = State.UP;
        if (kind == Readiness.Kind.TCP || kind == Readiness.Kind.FILE) {
            service.probeAt = now;
            service.probePause = FIRST_PROBE_PAUSE;
        }
        beginHealth(service, now);
    }

    private void comeReady(Service service, long now) {
        if (service.oneshot()) {
            return;
        }
        service.cameUp = true;
        service.deadline = Service.NEVER;
        service.probeAt = Service.NEVER;
        service.state = State.READY;
        beginHealth(service, now);
    }

    private static void beginHealth(Service service, long now) {
        if (service.health.state() == HealthState.NONE) {
            service.health.begin(now);
        }
    }

    // Stopping

    private void want(Service service) {
        service.startQueued = true;
    }

    private void beginStop(Service service, long now) {
        service.unwant();
        bringDown(service, now);
    }

    private void beginRestart(Service service, long now) {
        service.startQueued = true;
        bringDown(service, now);
    }

    private void failStart(Service service, long now) {
        service.startFailed = true;
        service.reason = "not ready within "
                + Words.duration(service.definition().readiness().timeout());
        bringDown(service, now);
    }

    private void bringDown(Service service, long now) {
        StopPolicy stop = service.definition().stop();
        leaveRun(service);
        service.state = State.STOPPING;
        service.deadline = now + stop.gracePeriod();
        List<String> command = stop.command();
        if (command != null && service.pid != 0) {
            askHelper(service, Role.STOP, command);
        } else {
            sendStopSignal(service);
        }
    }

    /** What goes with a run but not with its stop: health tests and looks for readiness. */
    private void leaveRun(Service service) {
        actions.killGroup(service.health.pid);
        service.health.end();
        service.probeAt = Service.NEVER;
    }

    private void sendStopSignal(Service service) {
        StopPolicy stop = service.definition().stop();
        if (service.definition().process().stdin() == Stdin.LOG && service.pid > 0) {
            int target = stop.stopGroup() ? -service.pid : service.pid;
            actions.add(new Action.EndInput(service.name(), target, service.stopSignal));
        } else {
            actions.signal(service.pid, stop.stopGroup(), service.stopSignal);
        }
        // A stopped process takes no signal before it is continued.
        actions.signal(service.pid, stop.stopGroup(), Signal.CONT);
    }

    private void askHelper(Service service, Role role, List<String> command) {
        service.helper = role;
        service.helperPid = 0;
        actions.spawn(service, role, command);
    }

    private void beginDown(Service service, long now) {
        service.unwant();
        List<String> command = service.definition().stop().downCommand();
        if (!service.completed() || command == null) {
            service.state = State.DOWN;
            return;
        }
        service.state = State.STOPPING;
        service.deadline = now + service.definition().stop().gracePeriod();
        askHelper(service, Role.DOWN, command);
    }

    private void beginRerun(Service service, long now) {
        beginDown(service, now);
        service.wanted = true;
        if (service.state == State.DOWN) {
            service.awaitStart();
        } else {
            service.startQueued = true;
        }
    }

    private void goDown(Service service) {
        service.unwant();
        service.deadline = Service.NEVER;
        service.state = State.DOWN;
    }

    private void killAll(Service service, Trigger trigger) {
        if (trigger == Trigger.KILL) {
            service.unwant();
            service.cutShort = true;
        } else {
            actions.say(
                    LogLevel.WARN,
                    service.name() + " is still there "
                            + Words.duration(service.definition().stop().gracePeriod())
                            + " after it was told to stop: killing it");
        }
        leaveRun(service);
        service.state = State.STOPPING;
        service.killed = true;
        service.deadline = Service.NEVER;
        actions.killGroup(service.helperPid);
        killMain(service);
    }

    private void killMain(Service service) {
        actions.signal(service.pid, service.definition().stop().killGroup(), Signal.KILL);
    }

    private void killFinish(Service service, Trigger trigger) {
        if (trigger == Trigger.KILL) {
            service.unwant();
        }
        service.deadline = Service.NEVER;
        actions.killGroup(service.helperPid);
    }

    private void afterStopCommand(Service service, long now) {
        boolean down = service.helper == Role.DOWN;
        forgetHelper(service);
        if (down) {
            aftermath.settle(service, now);
        } else if (!service.killed) {
            sendStopSignal(service);
        }
    }

    private static void forgetHelper(Service service) {
        service.helper = null;
        service.helperPid = 0;
    }

    // The end of a run

    private void conclude(Service service, @Nullable ExitStatus status, long now) {
        if (service.definition().stop().killGroup()) {
            actions.killGroup(service.pid);
        }
        actions.killGroup(service.helperPid);
        actions.add(new Action.ForgetReadiness(service.name()));
        leaveRun(service);
        forgetHelper(service);
        service.pid = 0;
        service.lastExit = status;
        service.endedAt = now;
        service.deadline = Service.NEVER;
        String finish = service.definition().finish();
        if (finish == null || status == null || service.cutShort) {
            aftermath.settle(service, now);
            return;
        }
        int code = status.signalled() ? NO_CODE : status.code();
        service.state = State.FINISHING;
        service.deadline = now + service.definition().stop().gracePeriod();
        askHelper(service, Role.FINISH, List.of(finish, Integer.toString(code), Integer.toString(status.signal())));
    }

    private void settleAfterFinish(Service service, @Nullable ExitStatus status, long now) {
        forgetHelper(service);
        boolean permanent = status != null && status.code() == PERMANENT_FAILURE;
        if (permanent && service.wanted && !service.startQueued) {
            Aftermath.noteUnlessSuccess(service, now);
            aftermath.giveUp(service, "its finish script exited with code " + PERMANENT_FAILURE);
        } else {
            aftermath.settle(service, now);
        }
    }
}
