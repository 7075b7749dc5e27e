package dev.pintle.init.core;

import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;

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
        if (service.startQueued) {
            service.startQueued = false;
            service.awaitStart();
        } else if (!service.wanted) {
            service.reason = null;
            service.state = State.DOWN;
        } else {
            settleByPolicy(service, now);
        }
    }

    private void settleByPolicy(Service service, long now) {
        switch (Outcome.of(service)) {
            case FAILED_START -> countFailure(service, now);
            case RESTART -> restartByPolicy(service, now);
            case FINAL -> {
                noteUnlessSuccess(service, now);
                service.failures = 0;
                service.state = State.DONE;
            }
        }
    }

    /** Has status tell of a run that ended in another way than the layout counts as success. */
    static void noteUnlessSuccess(Service service, long now) {
        if (!service.succeeded()) {
            service.noteFailure(now, service.howItEnded());
        }
    }

    /** A start has failed: another after a pause, unless it was the last that the layout allows. */
    void countFailure(Service service, long now) {
        RestartPolicy restart = service.restart();
        String why = service.reason != null ? service.reason : service.howItEnded();
        service.failures++;
        service.noteFailure(now, why);
        if (restart.startRetries() >= 0 && service.failures > restart.startRetries()) {
            giveUp(service, why + (service.failures > 1 ? " (failed start " + service.failures + ")" : ""));
            return;
        }
        long delay = Math.max(Backoff.delay(restart, service.failures), service.startedAt + LEAST_CYCLE - now);
        service.reason = why;
        service.deadline = now + delay;
        service.state = State.BACKOFF;
        actions.say(
                LogLevel.WARN,
                "cannot start " + service.name() + ": " + why + "; next try in " + Words.duration(delay));
    }

    private void restartByPolicy(Service service, long now) {
        long pause = Math.max(service.restart().delay(), service.startedAt + LEAST_CYCLE - now);
        service.failures = 0;
        noteUnlessSuccess(service, now);
        actions.say(LogLevel.WARN, service.name() + " " + service.howItEnded() + "; restarting it");
        if (pause <= 0) {
            service.resume();
            return;
        }
        service.reason = service.howItEnded();
        service.deadline = now + pause;
        service.state = State.BACKOFF;
    }

    /** It is not tried again by itself. */
    void giveUp(Service service, String why) {
        service.reason = why;
        service.deadline = Service.NEVER;
        service.state = State.FAILED;
        actions.say(LogLevel.ERROR, "cannot start " + service.name() + ": " + why);
    }
}
