package dev.pintle.init.core;

import dev.pintle.init.core.ServiceMachine.Detail;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.ServiceDefinition.Healthcheck.OnUnhealthy;
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
        if (service.group != 0) {
            actions.add(new Action.LookAtGroup(service.name(), service.group, false));
        } else {
            actions.add(new Action.Probe(service.definition()));
        }
        service.probeAt = now + service.probePause;
        service.probePause = Math.min(service.probePause * 2, LONGEST_PROBE_PAUSE);
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
            testEnded(service, "timed out after " + Words.duration(check.timeout()), now);
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

    /** The kernel has not the means for a test: that says nothing of the service. */
    void testRefused(Service service, long now) {
        Healthcheck check = service.definition().healthcheck();
        if (check != null && service.health.testing) {
            service.health.testUndecided(check, now);
        }
    }

    /** A test is over, or cannot be run; {@code failure} says how it failed, and is empty where it passed. */
    void testEnded(Service service, String failure, long now) {
        boolean passed = failure.isEmpty();
        Healthcheck check = service.definition().healthcheck();
        if (check == null || !service.health.testing) {
            return;
        }
        if (service.health.refused) {
            testRefused(service, now);
            return;
        }
        HealthState before = service.health.state();
        service.counts.countCheck(passed);
        boolean sickened = service.health.testEnded(check, failure, now);
        if (service.health.state() != before) {
            fleet.noteChange(service);
            actions.add(new Action.AnnounceHealth(service.name(), service.health.state()));
        }
        if (passed && service.definition().readiness().kind() == Readiness.Kind.HEALTHCHECK) {
            fleet.fire(service, Trigger.CAME_READY, Detail.NONE, now);
        }
        if (!passed && service.health.state() == HealthState.UNHEALTHY) {
            sicken(service, check, sickened, now);
        }
    }

    /** A test of an unhealthy service has failed: the one that made it unhealthy, or a later one. */
    private void sicken(Service service, Healthcheck check, boolean first, long now) {
        String name = service.name();
        String why = "unhealthy: its health check failed"
                + (check.retries() > 1 ? " " + check.retries() + " times, and last " : ": ")
                + service.health.lastFailure();
        // One whose stop is queued is not to come back. It may be wanted again by the time of a later test.
        boolean restart = check.onUnhealthy() == OnUnhealthy.RESTART && service.wanted;
        if (first || restart) {
            actions.say(LogLevel.WARN, name + " is " + why + (restart ? ": stopping it, to be restarted" : ""));
        }
        if (restart) {
            fleet.fire(service, Trigger.SICKENED, Detail.ofText(why), now);
        } else if (check.onUnhealthy() == OnUnhealthy.STOP_CONTAINER) {
            life.stopBecause(name + " is unhealthy", 1, now);
        }
    }
}
