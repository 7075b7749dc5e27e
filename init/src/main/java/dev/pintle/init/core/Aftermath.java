package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.RestartLimit;

/** What comes after a run, or after a start that failed: by what was asked for, and then by the layout's policy. */
final class Aftermath {
    /**
     * The least time between two starts, so that nothing spins whatever the layout says. runit and s6 have the same
     * second.
     */
    static final long LEAST_CYCLE = 1_000;

    private final Actions actions;

    Aftermath(Actions actions) {
        this.actions = actions;
    }

    /** Decides what comes after a run, by what was asked for and then by policy. */
    void settle(Service service, long now) {
        service.deadline = Service.NEVER;
        boolean ended = service.startQueued || !service.wanted;
        if (ended && service.hadRecovered(now)) {
            unhear(service);
        }
        if (service.startQueued) {
            service.awaitStart();
        } else if (!service.wanted) {
            service.reason = null;
            service.state = State.DOWN;
        } else {
            settleByPolicy(service, now);
        }
        service.left = "";
    }

    private void settleByPolicy(Service service, long now) {
        switch (Outcome.of(service)) {
            case FAILED_START -> countFailure(service, now);
            case RESTART -> restartByPolicy(service, now);
            case DONE -> {
                if (!service.left.isEmpty()) {
                    actions.say(LogLevel.WARN, service.name() + " " + Words.did(howItEnded(service)));
                }
                service.failures = 0;
                unhear(service);
                service.state = State.DONE;
            }
            case FAILED -> failByPolicy(service, now);
        }
    }

    /** Without success, and not to be restarted. */
    private void failByPolicy(Service service, long now) {
        String how = howItEnded(service);
        hear(service);
        service.noteFailure(now, how);
        service.failures = 0;
        service.reason = how;
        service.failedByPolicy = true;
        service.state = State.FAILED;
        if (service.restart().onFailedExit() == ContainerAction.IGNORE) {
            String so = service.left.isEmpty() ? " and is not restarted" : "; it is not restarted";
            actions.say(LogLevel.ERROR, service.name() + " " + Words.did(how) + so);
        }
    }

    /** Its finish script says that there is no use in another start; the run that it looked at comes first. */
    void giveUpByFinish(Service service, String verdict, long now) {
        String reason = service.reason != null ? service.reason : howItEnded(service);
        String how = service.sickened ? "was " + reason : reason;
        if (service.sickened || !service.succeeded()) {
            service.noteFailure(now, how);
        }
        hear(service);
        if (Outcome.of(service) == Outcome.FAILED_START) {
            giveUp(service, how + "; " + verdict);
            return;
        }
        fail(service, how + "; " + verdict);
        actions.say(LogLevel.ERROR, service.name() + " " + Words.did(how) + " and is not restarted: " + verdict);
    }

    /** A start has failed: another after a pause, unless it was the last that the layout allows. */
    void countFailure(Service service, long now) {
        RestartPolicy restart = service.restart();
        hear(service);
        String why = service.reason != null
                ? service.reason
                : howItEnded(service)
                        + (service.saidReady() ? ", though it had been ready" : "")
                        + foregroundHint(service);
        service.failures++;
        service.endsInARow++;
        service.noteFailure(now, why);
        service.noteEnd(why);
        if (restart.startRetries() >= 0 && service.failures > restart.startRetries()) {
            giveUp(service, why + (service.failures > 1 ? " (failed start " + service.failures + ")" : ""));
            return;
        }
        if (isAtItsLimit(service, why, now)) {
            return;
        }
        long delay = Math.max(Backoff.delay(restart, service.endsInARow), service.startedAt + LEAST_CYCLE - now);
        service.noteRestart(now);
        service.reason = why;
        service.deadline = now + delay;
        service.state = State.BACKOFF;
        actions.say(
                LogLevel.WARN,
                "cannot start " + service.name() + ": " + why + "; next try in " + Words.duration(delay));
    }

    /** From here on what it prints is worth keeping, until it has recovered. */
    private void hear(Service service) {
        service.heard = true;
        actions.add(new Action.KeepOutput(service.definition(), true));
    }

    private void unhear(Service service) {
        if (service.heard) {
            service.heard = false;
            actions.add(new Action.KeepOutput(service.definition(), false));
        }
    }

    /** How a run ended, with what it has left behind. */
    private static String howItEnded(Service service) {
        String how = service.howItEnded() + (service.left.isEmpty() ? "" : ", and " + service.left);
        if (!service.wentToBackground) {
            return how;
        }
        String foreground = Daemons.foreground(service.definition().command());
        return how + ": keep it in the foreground" + (foreground.isEmpty() ? "" : " (" + foreground + ")");
    }

    /** What is said where nothing was found of a program that is known to go into the background. */
    private static String foregroundHint(Service service) {
        boolean ended = !service.oneshot() && ExitStatus.ofCode(0).equals(service.lastExit);
        String foreground = ended && service.left.isEmpty()
                ? Daemons.foreground(service.definition().command())
                : "";
        return foreground.isEmpty()
                ? ""
                : "; if it goes into the background, keep it in the foreground (" + foreground + ")";
    }

    private void restartByPolicy(Service service, long now) {
        RestartPolicy restart = service.restart();
        String how = service.sickened ? "was " + service.reason : howItEnded(service);
        boolean periodic = service.isPeriodic();
        boolean lasted = periodic || service.lasted() >= restart.backoffReset();
        if (lasted) {
            service.failures = 0;
            service.endsInARow = 0;
        } else {
            service.endsInARow++;
        }
        if (service.sickened || !service.succeeded()) {
            service.noteFailure(now, how);
        }
        if (!periodic && service.endsAgainAndAgain(now)) {
            hear(service);
        } else if (lasted) {
            unhear(service);
        }
        service.noteEnd(how);
        if (isAtItsLimit(service, how, now)) {
            return;
        }
        long pause = pause(service, now);
        actions.say(
                periodic ? LogLevel.INFO : LogLevel.WARN,
                service.name() + " " + Words.did(how) + "; restarting it"
                        + (pause <= LEAST_CYCLE ? "" : " in " + Words.duration(pause)));
        if (!periodic) {
            service.noteRestart(now);
        }
        if (pause <= 0) {
            service.resume();
            return;
        }
        service.reason = how;
        service.deadline = now + pause;
        service.state = State.BACKOFF;
    }

    /** The first end in a row is followed by a start at once. */
    private static long pause(Service service, long now) {
        RestartPolicy restart = service.restart();
        long backoff = service.endsInARow > 1 ? Backoff.delay(restart, service.endsInARow - 1) : 0;
        return Math.max(Math.max(restart.delay(), backoff), service.startedAt + LEAST_CYCLE - now);
    }

    /** Gives up what was restarted as often as the layout allows. */
    private boolean isAtItsLimit(Service service, String how, long now) {
        RestartLimit limit = service.restart().limit();
        if (limit.most() < 0 || service.restartsWithin(limit.period(), now) < limit.most()) {
            return false;
        }
        hear(service);
        service.reason = how + " (" + limit.most() + (limit.most() == 1 ? " restart" : " restarts") + " within "
                + Words.duration(limit.period()) + ": restart_limit)";
        service.failedByPolicy = false;
        service.deadline = Service.NEVER;
        service.state = State.FAILED;
        actions.say(LogLevel.ERROR, service.name() + " is given up: " + service.reason);
        return true;
    }

    /** It is not tried again by itself. */
    void giveUp(Service service, String why) {
        fail(service, why);
        actions.say(LogLevel.ERROR, "cannot start " + service.name() + ": " + why);
    }

    private static void fail(Service service, String why) {
        service.reason = why;
        service.failedByPolicy = false;
        service.deadline = Service.NEVER;
        service.state = State.FAILED;
    }
}
