package dev.pintle.init.core;

import dev.pintle.init.core.ServiceMachine.Detail;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.ServiceDefinition.Readiness;

/** Looks at services from outside: health checks, and readiness that can only be seen by looking. */
final class Checks {
    private static final long LONGEST_PROBE_PAUSE = 250;

    private final Fleet fleet;
    private final ContainerLife life;
    private final Actions actions;
    private int begun;

    Checks(Fleet fleet, ContainerLife life, Actions actions) {
        this.fleet = fleet;
        this.life = life;
        this.actions = actions;
    }

    /** Begins a turn: as few tests are begun in one as services are launched. */
    void beginTurn() {
        begun = 0;
    }

    /** Does what is due for a service; a test that is not begun for the others' sake stays due. */
    void tick(Service service, long now) {
        if (service.probeAt <= now) {
            probe(service, now);
        }
        if (service.health.deadline <= now) {
            tickHealth(service, now);
        }
    }

    /** What the layout says of a service has changed: it may have a health check now, or none any more. */
    void layoutChanged(Service service, long now) {
        boolean runs = service.state == State.UP || service.state == State.READY;
        boolean watched = service.health.state() != HealthState.NONE;
        boolean toBeWatched = service.definition().healthcheck() != null;
        if (runs && toBeWatched && !watched) {
            service.health.begin(now);
        } else if (watched && !toBeWatched) {
            actions.killGroup(service.health.pid);
            service.health.end();
        }
    }

    private void probe(Service service, long now) {
        service.probeAt = now + service.probePause;
        service.probePause = Math.min(service.probePause * 2, LONGEST_PROBE_PAUSE);
        actions.add(new Action.Probe(service.definition()));
    }

    private void tickHealth(Service service, long now) {
        Healthcheck check = service.definition().healthcheck();
        if (check == null) {
            service.health.end();
        } else if (!service.health.testing && begun >= Fleet.LAUNCHED_PER_TURN) {
            return;
        } else if (!service.health.testing) {
            begun++;
            service.health.testBegun(check, now);
            actions.spawn(service, Role.HEALTHCHECK, check.test());
        } else {
            actions.killGroup(service.health.pid);
            testEnded(service, false, now);
        }
    }

    /** A test's process was made: it is killed where nobody waits for it any more. */
    void testSpawned(Service service, int pid) {
        if (service.health.testing) {
            service.health.pid = pid;
        } else {
            actions.killGroup(pid);
        }
    }

    /** A test is over, or could not be run. */
    void testEnded(Service service, boolean passed, long now) {
        Healthcheck check = service.definition().healthcheck();
        if (check == null || !service.health.testing) {
            return;
        }
        HealthState before = service.health.state();
        boolean sickened = service.health.testEnded(check, passed, now);
        if (service.health.state() != before) {
            fleet.noteChange(service);
            actions.add(new Action.AnnounceHealth(service.name(), service.health.state()));
        }
        if (passed && service.definition().readiness().kind() == Readiness.Kind.HEALTHCHECK) {
            fleet.fire(service, Trigger.CAME_READY, Detail.NONE, now);
        }
        if (sickened) {
            sicken(service, check, now);
        }
    }

    private void sicken(Service service, Healthcheck check, long now) {
        String name = service.name();
        String why = "unhealthy: its health check failed";
        if (check.retries() > 1) {
            why += " " + check.retries() + " times";
        }
        actions.say(LogLevel.WARN, name + " is " + why);
        switch (check.onUnhealthy()) {
            case IGNORE -> {}
            case RESTART -> {
                // One whose stop is queued is not to come back.
                if (service.wanted) {
                    service.noteFailure(now, why);
                    fleet.fire(service, Trigger.SICKENED, Detail.NONE, now);
                }
            }
            case STOP_CONTAINER -> life.stopBecause(name + " is unhealthy", 1, now);
        }
    }
}
