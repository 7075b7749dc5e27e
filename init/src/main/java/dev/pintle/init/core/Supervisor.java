package dev.pintle.init.core;

import dev.pintle.init.core.ServiceMachine.Detail;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ServiceDefinition.Condition;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Supervises a layout: takes events, answers with actions. See the package's description. */
public final class Supervisor {
    /** The name of the service that runs the container's CMD. */
    public static final String MAIN = "main";

    private final Actions actions = new Actions();
    private final Fleet fleet;
    private final ContainerLife life;
    private final Checks checks;
    private final Map<Integer, Service> byPid = new HashMap<>();

    /** Supervises a layout; {@link #MAIN} is among its services where there is a CMD. */
    public Supervisor(Layout layout) {
        fleet = new Fleet(layout.services(), actions);
        life = new ContainerLife(layout.container(), fleet, actions);
        checks = new Checks(fleet, life, actions);
    }

    /** The services, in the layout's order. */
    public Collection<Service> services() {
        return Collections.unmodifiableCollection(fleet.all());
    }

    /** The service of a name; null where there is none. */
    public @Nullable Service service(String name) {
        return fleet.find(name);
    }

    /** Whether the container is on its way down. */
    public boolean stopping() {
        return life.stopping();
    }

    /** Whether a service has reached a condition. */
    public Verdict verdict(Service service, Condition condition) {
        return Dependencies.verdict(service, condition);
    }

    /** What a new layout would change, as things are. */
    public LayoutChange compare(Layout layout) {
        return new Takeover(fleet, layout.services()).change();
    }

    /** What a waiting service waits for, in words; empty where it waits for nothing. */
    public String waitsFor(Service service) {
        return service.state == State.WAITING ? fleet.waitsFor(service) : "";
    }

    /** When {@link Event.Ticked} is due at the latest; {@code Long.MAX_VALUE} where nothing is due by time alone. */
    public long nextDeadline() {
        if (fleet.holds()) {
            return 0;
        }
        long next = life.deadline();
        for (Service service : fleet.all()) {
            next = Math.min(next, service.deadline);
            next = Math.min(next, service.probeAt);
            next = Math.min(next, service.health.deadline);
        }
        return next;
    }

    /**
     * Takes one event.
     *
     * @param now milliseconds, never less than at the last call
     * @return what is to be done, in this order; valid until the next call
     */
    public List<Action> step(Event event, long now) {
        actions.list().clear();
        take(event, now);
        fleet.followUp(now);
        life.followUp(now);
        return actions.list();
    }

    private void take(Event event, long now) {
        if (event instanceof Event.Ended e) {
            ended(e.pid(), e.status(), now);
        } else if (event instanceof Event.Ticked) {
            tick(now);
        } else if (event instanceof Event.Spawned e) {
            spawned(e, now);
        } else if (event instanceof Event.Executed e) {
            fire(e.service(), Trigger.EXECUTED, now);
        } else if (event instanceof Event.CameReady e) {
            fire(e.service(), Trigger.CAME_READY, now);
        } else if (event instanceof Event.SpawnRefused e) {
            notMade(e.service(), e.role(), Trigger.REFUSED, Errno.describe(e.errno()), now);
        } else if (event instanceof Event.Unlaunchable e) {
            notMade(e.service(), e.role(), Trigger.UNLAUNCHABLE, e.cause(), now);
        } else if (event instanceof Event.SetUpFailed e) {
            setUpFailed(e, now);
        } else if (event instanceof Event.Booted) {
            life.boot(now);
        } else if (event instanceof Event.ChildrenGone) {
            life.childrenGone();
        } else if (event instanceof Event.LayoutRead e) {
            takeOver(e.layout(), now);
        } else if (event instanceof Event.SignalReceived e) {
            life.signalReceived(e.signal(), now);
        } else {
            takeRequest(event, now);
        }
    }

    private void takeOver(Layout layout, long now) {
        if (life.stopping()) {
            return;
        }
        life.become(layout.container());
        new Takeover(fleet, layout.services()).carryOut(now);
        for (Service service : fleet.all()) {
            checks.layoutChanged(service, now);
        }
        actions.add(new Action.CloseUnneeded());
    }

    /** What users ask for. Nothing is started any more once the container is on its way down. */
    private void takeRequest(Event event, long now) {
        if (event instanceof Event.StopRequested e) {
            fleet.stop(fleet.named(e.services()), now);
        } else if (event instanceof Event.ShutdownRequested e) {
            life.shutdownRequested(e.code(), now);
        } else if (event instanceof Event.SignalRequested e) {
            for (Service service : fleet.named(e.services())) {
                actions.signal(service.pid, false, e.signal());
            }
        } else if (event instanceof Event.ReloadRequested e) {
            reload(fleet.named(e.services()));
        } else if (event instanceof Event.StartRequested e && !life.stopping()) {
            fleet.start(fleet.named(e.services()), now);
        } else if (event instanceof Event.OnceRequested e && !life.stopping()) {
            fleet.startOnce(fleet.named(e.services()), now);
        } else if (event instanceof Event.RestartRequested e && !life.stopping()) {
            fleet.restart(fleet.named(e.services()), now);
        }
    }

    private void reload(List<Service> named) {
        for (Service service : named) {
            List<String> command = service.definition().reload().command();
            if (command == null) {
                actions.signal(service.pid, false, service.definition().reload().signal());
            } else if (service.pid != 0) {
                actions.spawn(service, Role.RELOAD, command);
            }
        }
    }

    private void tick(long now) {
        fleet.beginTurn();
        checks.beginTurn();
        for (Service service : fleet.all()) {
            if (service.deadline <= now) {
                fleet.fire(service, Trigger.DEADLINE, Detail.NONE, now);
            }
            checks.tick(service, now);
        }
        life.tick(now);
    }

    // Processes

    private void fire(String name, Trigger trigger, long now) {
        Service service = fleet.find(name);
        if (service != null) {
            fleet.fire(service, trigger, Detail.NONE, now);
        }
    }

    private void spawned(Event.Spawned event, long now) {
        Service service = fleet.find(event.service());
        if (service == null) {
            return;
        }
        byPid.put(event.pid(), service);
        switch (event.role()) {
            case RUN -> fleet.fire(service, Trigger.SPAWNED, Detail.ofPid(event.pid()), now);
            case HEALTHCHECK -> checks.testSpawned(service, event.pid());
            case STOP, DOWN, FINISH -> {
                if (service.helper == event.role()) {
                    service.helperPid = event.pid();
                } else {
                    actions.killGroup(event.pid());
                }
            }
            case RELOAD -> {}
        }
    }

    private void notMade(String name, Role role, Trigger trigger, String why, long now) {
        Service service = fleet.find(name);
        if (service == null) {
            return;
        }
        if (role == Role.RUN) {
            fleet.fire(service, trigger, Detail.ofText(why), now);
            return;
        }
        sayHelperFailed(service, role, why);
        if (role == Role.HEALTHCHECK) {
            checks.testEnded(service, false, now);
        } else if (service.helper == role) {
            fleet.fire(service, Trigger.HELPER_ENDED, Detail.NONE, now);
        }
    }

    private void setUpFailed(Event.SetUpFailed event, long now) {
        Service service = fleet.find(event.service());
        if (service == null) {
            return;
        }
        SetUpReport report = event.report();
        String object = event.object().isEmpty() ? "" : " " + event.object();
        String why = "cannot " + report.step().verb() + object + ": " + Errno.describe(report.errno());
        if (event.role() == Role.RUN) {
            fleet.fire(service, Trigger.BROKEN, Detail.ofText(why), now);
        } else {
            sayHelperFailed(service, event.role(), why);
        }
    }

    private void sayHelperFailed(Service service, Role role, String why) {
        actions.say(LogLevel.WARN, "cannot run the " + role.text() + " of " + service.name() + ": " + why);
    }

    private void ended(int pid, ExitStatus status, long now) {
        Service service = byPid.remove(pid);
        if (service == null) {
            return;
        }
        if (pid == service.pid) {
            fleet.fire(service, Trigger.ENDED, Detail.ofStatus(status), now);
        } else if (pid == service.helperPid) {
            fleet.fire(service, Trigger.HELPER_ENDED, Detail.ofStatus(status), now);
        } else if (pid == service.health.pid) {
            actions.killGroup(pid);
            checks.testEnded(service, !status.signalled() && status.code() == 0, now);
        }
    }
}
