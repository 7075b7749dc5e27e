package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ServiceDefinition.Readiness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out the rules of the state table on one service. */
final class ServiceMachine {
    /** The exit code by which a finish script says that there is no use in another start (s6-supervise). */
    static final int PERMANENT_FAILURE = 125;

    /** What a finish script gets in place of an exit code where a signal ended the run (s6-supervise). */
    private static final int NO_CODE = 256;

    private static final long FIRST_PROBE_PAUSE = 10;

    private final Actions actions;
    private final Aftermath aftermath;
    private final Stopping stopping;

    ServiceMachine(Actions actions) {
        this.actions = actions;
        this.aftermath = new Aftermath(actions);
        this.stopping = new Stopping(actions);
    }

    /**
     * What comes with a trigger.
     *
     * @param pid    of SPAWNED
     * @param status of ENDED, and of HELPER_ENDED where the helper was made
     * @param text   of ENDED: what it has left behind; of REFUSED, UNLAUNCHABLE, BROKEN, BLOCKED and SICKENED: why
     */
    record Detail(int pid, @Nullable ExitStatus status, String text) {
        static final Detail NONE = new Detail(0, null, "");

        static Detail ofPid(int pid) {
            return new Detail(pid, null, "");
        }

        static Detail ofStatus(@Nullable ExitStatus status) {
            return new Detail(0, status, "");
        }

        static Detail ofEnd(ExitStatus status, String left) {
            return new Detail(0, status, left);
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
            if (after == State.READY) {
                service.counts.readyAfter = now - service.startedAt;
            }
            service.scheduleProof();
            Lateness.follow(service, before, now);
            ExitStatus end = rule == Rule.CONCLUDE ? detail.status() : null;
            String ended = end == null ? "" : service.howItEnded();
            actions.add(new Action.Announce(service.name(), before, after, end, ended));
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
            case SICKEN -> sicken(service, detail.text(), now);
            case BEGIN_DOWN -> beginDown(service, now);
            case BEGIN_RERUN -> beginRerun(service, now);
            case GO_DOWN -> goDown(service);
            case KILL_ALL -> killAll(service, trigger, now);
            case KILL_FINISH -> stopping.killFinish(service, trigger);
            case AFTER_STOP_COMMAND -> afterStopCommand(service, now);
            case CONCLUDE -> conclude(service, detail.status(), detail.text(), now);
            case CONCLUDE_GROUP -> concludeGroup(service, now);
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
        service.state = State.STARTING;
        service.startQueued = false;
        service.restartsAfterWriter = false;
        service.startedAt = now;
        service.cameUp = false;
        service.portTaken = false;
        service.trouble = "";
        service.wentToBackground = false;
        service.startFailed = false;
        service.sickened = false;
        service.cutAt = Service.NEVER;
        service.killed = false;
        service.cutShort = false;
        service.reason = null;
        service.starts++;
        service.restartToCome = false;
        service.deadline = service.startDeadline(now);
        if (service.definition().isMilestone()) {
            reach(service, now);
        } else {
            actions.spawn(service, Role.RUN, service.definition().command());
        }
    }

    /** All that a milestone waited for is there, and there is nothing to execute. */
    private static void reach(Service service, long now) {
        service.endedAt = now;
        service.lastExit = ExitStatus.ofCode(0);
        service.deadline = Service.NEVER;
        service.failures = 0;
        service.state = State.DONE;
    }

    private static void noteProcess(Service service, int pid, long now) {
        service.pid = pid;
        service.startedAt = now;
        service.refusals = 0;
    }

    private void noteAndStop(Service service, int pid, long now) {
        noteProcess(service, pid, now);
        if (service.killed) {
            stopping.killMain(service);
        } else {
            stopping.sendSignal(service);
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
        stopping.begin(service, now);
    }

    private void beginRestart(Service service, long now) {
        service.startQueued = true;
        stopping.begin(service, now);
    }

    private void failStart(Service service, long now) {
        service.startFailed = true;
        service.reason = Words.late(service);
        service.cutAt = now;
        stopping.begin(service, now);
    }

    private void sicken(Service service, String why, long now) {
        service.sickened = true;
        // Where it has not come up, it has failed to start however long it has lasted.
        service.startFailed = now - service.startedAt < service.restart().minUptime();
        service.reason = why;
        service.cutAt = now;
        stopping.begin(service, now);
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
        stopping.askHelper(service, Role.DOWN, command);
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

    private void afterStopCommand(Service service, long now) {
        boolean down = service.helper == Role.DOWN;
        Stopping.forgetHelper(service);
        if (down) {
            aftermath.settle(service, now);
        } else if (!service.killed) {
            stopping.sendSignal(service);
        }
    }

    // The end of a run

    private void conclude(Service service, @Nullable ExitStatus status, String left, long now) {
        actions.killGroup(service.helperPid);
        actions.add(new Action.ForgetReadiness(service.name()));
        stopping.leaveRun(service);
        Stopping.forgetHelper(service);
        service.lastExit = status;
        service.counts.countExit(status);
        service.lastExitCut = service.cutAt != Service.NEVER;
        service.endedAt = now;
        service.noteLeft(left);
        if (status != null && stopping.awaitsGroup(service, now)) {
            return;
        }
        if (service.definition().stop().killGroup()) {
            actions.killGroup(service.pid);
        }
        finish(service, now);
    }

    /** Nothing is left of the process group, or nothing that is waited for any longer. */
    private void concludeGroup(Service service, long now) {
        service.group = 0;
        service.probeAt = Service.NEVER;
        finish(service, now);
    }

    private void killAll(Service service, Trigger trigger, long now) {
        if (!stopping.kill(service, trigger, now)) {
            concludeGroup(service, now);
        }
    }

    private void finish(Service service, long now) {
        ExitStatus status = service.lastExit;
        service.pid = 0;
        service.deadline = Service.NEVER;
        String finish = service.definition().finish();
        if (finish == null || status == null || service.cutShort) {
            aftermath.settle(service, now);
            return;
        }
        int code = status.signalled() ? NO_CODE : status.code();
        service.state = State.FINISHING;
        service.deadline = now + service.definition().stop().gracePeriod();
        stopping.askHelper(
                service, Role.FINISH, List.of(finish, Integer.toString(code), Integer.toString(status.signal())));
    }

    private void settleAfterFinish(Service service, @Nullable ExitStatus status, long now) {
        Stopping.forgetHelper(service);
        boolean permanent = status != null && status.code() == PERMANENT_FAILURE;
        if (permanent && service.wanted && !service.startQueued) {
            aftermath.giveUpByFinish(service, "its finish script exited with code " + PERMANENT_FAILURE, now);
        } else {
            aftermath.settle(service, now);
        }
    }
}
