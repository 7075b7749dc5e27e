package dev.pintle.init.core;

import dev.pintle.init.core.ServiceMachine.Detail;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import java.util.ArrayList;
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
    private final Lateness lateness = new Lateness(actions);
    private final Map<Integer, Service> byPid = new HashMap<>();
    /** Whether a process group may be waited for. */
    private boolean groupsAwaited;

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

    /**
     * A new layout with what there is already in place of what equals it, so that nothing is kept or compared twice: values may
     * have megabytes.
     */
    public Layout share(Layout layout) {
        List<ServiceDefinition> definitions = new ArrayList<>();
        for (ServiceDefinition definition : layout.services()) {
            Service service = fleet.find(definition.name());
            definitions.add(service == null ? definition : definition.sharing(service.latest()));
        }
        return new Layout(layout.container(), definitions);
    }

    /** What a new layout would change, as things are. */
    public LayoutChange compare(Layout layout) {
        return new Takeover(fleet, layout.services()).change();
    }

    /** What a service that is to be ready waits for, in words; empty where it waits for nothing. */
    public String waitsFor(Service service) {
        return switch (service.state) {
            case WAITING -> fleet.waitsFor(service);
            case UP -> Words.waitsFor(service);
            case DOWN, STARTING, READY, STOPPING, FINISHING, BACKOFF, FAILED, DONE -> "";
        };
    }

    /** The names of services, and of those that are restarted with them where they run. */
    public List<String> restartedWith(List<String> names) {
        return fleet.restartedWith(names);
    }

    /** The names of what the named services depend on, directly or not, and what must not fail for them. */
    public List<String> neededBy(List<String> names) {
        return fleet.neededBy(names);
    }

    /** What a service that runs depends on and has lost, in words; empty where there is none. */
    public String lostNeed(Service service) {
        return service.state.running() ? fleet.lostNeed(service) : "";
    }

    /** Why a service is as it is, in words; empty where there is nothing to say. */
    public String explain(Service service) {
        String waits = waitsFor(service);
        if (!waits.isEmpty()) {
            return waits;
        }
        HealthState health = service.health.state();
        String failure = service.health.lastFailure();
        if (health == HealthState.UNHEALTHY || (health == HealthState.STARTING && !failure.isEmpty())) {
            return "its health check " + failure;
        }
        if (!service.trouble.isEmpty()) {
            return service.trouble;
        }
        String reason = service.reason;
        return reason != null ? reason : lostNeed(service);
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
            next = Math.min(next, service.proofAt);
            next = Math.min(next, life.stopping() ? Service.NEVER : service.complainAt);
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
            ended(e, now);
        } else if (event instanceof Event.Ticked) {
            tick(now);
        } else if (event instanceof Event.Spawned e) {
            spawned(e, now);
        } else if (event instanceof Event.Executed e) {
            fire(e.service(), Trigger.EXECUTED, now);
        } else if (event instanceof Event.Troubled e) {
            Service service = fleet.find(e.service());
            if (service != null) {
                service.trouble = Words.brief(e.trouble());
            }
        } else if (event instanceof Event.PortSeen e) {
            portSeen(e, now);
        } else if (event instanceof Event.CameReady e) {
            fire(e.service(), Trigger.CAME_READY, now);
        } else if (event instanceof Event.TestSaid e) {
            testSaid(e);
        } else if (event instanceof Event.SpawnRefused e) {
            notMade(e.service(), e.role(), Trigger.REFUSED, Errno.describe(e.errno()), now);
        } else if (event instanceof Event.Unlaunchable e) {
            notMade(e.service(), e.role(), Trigger.UNLAUNCHABLE, Words.brief(e.cause()), now);
        } else if (event instanceof Event.SetUpFailed e) {
            setUpFailed(e, now);
        } else if (event instanceof Event.Booted) {
            life.boot(now);
        } else if (event instanceof Event.ChildrenGone) {
            life.childrenGone();
        } else if (event instanceof Event.LoggerKilled) {
            fleet.noteKilledLate();
        } else if (event instanceof Event.LayoutRead e) {
            takeOver(e.layout(), now);
        } else if (event instanceof Event.SignalReceived e) {
            life.signalReceived(e.signal(), e.kernels(), now);
        } else if (event instanceof Event.GroupGone e) {
            groupGone(e, now);
        } else {
            takeRequest(event, now);
        }
    }

    /** A port that was open before its service was started, and has not been closed since, is another's. */
    private void portSeen(Event.PortSeen event, long now) {
        Service service = fleet.find(event.service());
        if (service == null) {
            return;
        }
        boolean before = service.state == State.STARTING && service.pid == 0;
        service.portTaken = event.open() && (before ? !fleet.hasSibling(service) : service.portTaken);
        if (event.open() && !service.portTaken && !before) {
            fleet.fire(service, Trigger.CAME_READY, Detail.NONE, now);
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
        if (event instanceof Event.ProofAwaited e) {
            for (Service service : fleet.named(e.services())) {
                service.proofAwaited = true;
                service.scheduleProof();
            }
        } else if (event instanceof Event.StopRequested e) {
            List<Service> unwanted = fleet.named(e.services());
            if (e.only()) {
                fleet.stopJust(unwanted, now);
            } else {
                fleet.stop(unwanted, now);
            }
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
            service.beginReload(command != null && service.pid != 0);
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
        groupsAwaited = false;
        // First: where all is to stop, in order, no start that takes too long is to go before.
        life.tick(now);
        for (Service service : fleet.all()) {
            if (service.group != 0) {
                tickGroup(service, now);
            }
            if (service.deadline <= now) {
                fleet.fire(service, Trigger.DEADLINE, Detail.NONE, now);
            }
            if (service.proofAt <= now) {
                service.proofAt = Service.NEVER;
                service.proofAwaited = false;
                actions.add(new Action.AnnounceProof(service.name()));
            }
            checks.tick(service, now);
        }
        if (!life.stopping()) {
            lateness.tick(this, fleet.all(), now);
        }
    }

    /** A group's number is given to a new process only when nothing is left of the group. */
    private void tickGroup(Service service, long now) {
        groupsAwaited = true;
        if (byPid.containsKey(service.group)) {
            fleet.fire(service, Trigger.GROUP_GONE, Detail.NONE, now);
        }
    }

    private void groupGone(Event.GroupGone event, long now) {
        Service service = fleet.find(event.service());
        if (service != null && service.group == event.group()) {
            fleet.fire(service, Trigger.GROUP_GONE, Detail.NONE, now);
        }
    }

    /** Somebody that is no service's has ended: it may have been the last of a group. */
    private void lookAtGroups(long now) {
        if (groupsAwaited) {
            for (Service service : fleet.all()) {
                service.probeAt = service.group == 0 ? service.probeAt : now;
            }
        }
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
            case RELOAD -> service.reloadPid = event.pid();
        }
    }

    /** One that nobody waits for any more has been judged. */
    private void testSaid(Event.TestSaid event) {
        Service service = fleet.find(event.service());
        if (service != null && service.health.pid == event.pid()) {
            service.health.printed = event.output();
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
        if (role == Role.HEALTHCHECK && trigger == Trigger.REFUSED) {
            checks.testRefused(service, now);
        } else if (role == Role.HEALTHCHECK) {
            checks.testEnded(service, why, now);
        } else if (service.helper == role) {
            fleet.fire(service, Trigger.HELPER_ENDED, Detail.NONE, now);
        }
    }

    /** Whether a process is a service's that nobody has asked to end. Then what it has left behind is worth a look. */
    public boolean endsUnasked(int pid) {
        Service service = byPid.get(pid);
        return service != null && pid == service.pid && service.wanted && service.state != State.STOPPING;
    }

    /** The service that a process was made for; null where it is none of ours. */
    public @Nullable Service owner(int pid) {
        return byPid.get(pid);
    }

    private void setUpFailed(Event.SetUpFailed event, long now) {
        Service service = fleet.find(event.service());
        if (service == null) {
            return;
        }
        SetUpReport report = event.report();
        String object = event.object().isEmpty() ? "" : " " + event.object();
        String why = Words.brief("cannot " + report.step().verb() + object + ": " + Errno.describe(report.errno()));
        if (event.role() == Role.RUN) {
            fleet.fire(service, Trigger.BROKEN, Detail.ofText(why), now);
        } else {
            boolean test = event.role() == Role.HEALTHCHECK;
            service.health.refused |= test && Errno.isShortage(report.errno());
            service.health.broken = test ? why : service.health.broken;
            service.helperBroken |= !test && event.role() != Role.FINISH;
            sayHelperFailed(service, event.role(), why);
        }
    }

    /** A health check that fails so each time is said once. */
    private void sayHelperFailed(Service service, Role role, String why) {
        if (role == Role.HEALTHCHECK) {
            if (why.equals(service.health.said)) {
                return;
            }
            service.health.said = why;
        }
        String what = "cannot run the " + role.text() + " of " + service.name() + ": " + why;
        actions.say(LogLevel.WARN, what);
        if (role == Role.RELOAD) {
            endReload(service, what);
        }
    }

    /** The service that a process was made for, as long as it has not ended; or null. */
    public @Nullable String ownerOf(int pid) {
        Service service = byPid.get(pid);
        return service == null ? null : service.name();
    }

    private void ended(Event.Ended event, long now) {
        int pid = event.pid();
        ExitStatus status = event.status();
        Service service = byPid.remove(pid);
        if (service == null) {
            lookAtGroups(now);
            return;
        }
        if (pid == service.pid) {
            fleet.fire(service, Trigger.ENDED, Detail.ofEnd(status, event.left()), now);
        } else if (pid == service.reloadPid) {
            service.reloadPid = 0;
            endReload(service, sayUnlessSuccess(service, Role.RELOAD, status, LogLevel.WARN));
        } else if (pid == service.helperPid) {
            boolean meansMore = service.helper == Role.FINISH && status.code() == ServiceMachine.PERMANENT_FAILURE;
            if (service.helper != null && !service.killed && !meansMore) {
                // Many finish scripts end with the code of their last test.
                LogLevel level = service.helper == Role.FINISH ? LogLevel.INFO : LogLevel.WARN;
                sayUnlessSuccess(service, service.helper, status, level);
            }
            fleet.fire(service, Trigger.HELPER_ENDED, Detail.ofStatus(status), now);
        } else if (pid == service.health.pid) {
            actions.killGroup(pid);
            boolean passed = status.equals(ExitStatus.ofCode(0));
            String broken = service.health.broken;
            service.health.end = broken.isEmpty() ? status : null;
            checks.testEnded(service, passed ? "" : broken.isEmpty() ? Words.did(status.describe()) : broken, now);
        }
    }

    /** What was said; empty where nothing was. */
    private String sayUnlessSuccess(Service service, Role role, ExitStatus status, LogLevel level) {
        boolean said = service.helperBroken;
        service.helperBroken = false;
        if (said || status.equals(ExitStatus.ofCode(0))) {
            return "";
        }
        String what = "the " + role.text() + " of " + service.name() + " " + Words.did(status.describe());
        actions.say(level, what);
        return what;
    }

    private void endReload(Service service, String failure) {
        service.endReload(failure);
        actions.add(new Action.AnnounceProof(service.name()));
    }
}
