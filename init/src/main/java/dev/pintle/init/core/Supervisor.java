package dev.pintle.init.core;

import dev.pintle.init.core.Dependencies.Finding;
import dev.pintle.init.core.ServiceMachine.Detail;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ContainerSettings.SignalAction;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.ServiceDefinition.Healthcheck.OnUnhealthy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All services of a container, and the container's own life. See the package's description. */
public final class Supervisor {
    /** The name of the service that runs the container's CMD. */
    public static final String MAIN = "main";

    private static final long LONGEST_PROBE_PAUSE = 250;

    private final ContainerSettings settings;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<Integer, Service> byPid = new HashMap<>();
    private final Dependencies dependencies;
    private final Actions actions = new Actions();
    private final ServiceMachine machine = new ServiceMachine(actions);
    private final Shutdown shutdown = new Shutdown();
    /** Services whose change others may have waited for. */
    private final ArrayDeque<Service> changed = new ArrayDeque<>();

    private long startupDeadline = Service.NEVER;

    /** Supervises a layout; {@code main} among its services, where there is a CMD. */
    public Supervisor(Layout layout) {
        settings = layout.container();
        for (ServiceDefinition definition : layout.services()) {
            services.put(definition.name(), new Service(definition));
        }
        dependencies = new Dependencies(services);
    }

    /** The services by name, in the layout's order. */
    public Collection<Service> services() {
        return Collections.unmodifiableCollection(services.values());
    }

    /** The service of a name; null where there is none. */
    public @Nullable Service service(String name) {
        return services.get(name);
    }

    /** Whether the container is on its way down. */
    public boolean stopping() {
        return shutdown.begun();
    }

    /** What a waiting service waits for, in words; empty where it waits for nothing. */
    public String waitsFor(Service service) {
        return service.state == State.WAITING ? dependencies.examine(service).why() : "";
    }

    /** When {@link Event.Ticked} is due at the latest; {@code Long.MAX_VALUE} where nothing is due by time alone. */
    public long nextDeadline() {
        long next = Math.min(shutdown.deadline(), startupDeadline);
        for (Service service : services.values()) {
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
        followUp(now);
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
            fire(e.service(), Trigger.EXECUTED, Detail.NONE, now);
        } else if (event instanceof Event.CameReady e) {
            fire(e.service(), Trigger.CAME_READY, Detail.NONE, now);
        } else if (event instanceof Event.SpawnRefused e) {
            notMade(e.service(), e.role(), Trigger.REFUSED, Errno.describe(e.errno()), now);
        } else if (event instanceof Event.Unlaunchable e) {
            notMade(e.service(), e.role(), Trigger.UNLAUNCHABLE, e.cause(), now);
        } else if (event instanceof Event.SetUpFailed e) {
            setUpFailed(e, now);
        } else if (event instanceof Event.Booted) {
            boot(now);
        } else if (event instanceof Event.ChildrenGone) {
            childrenGone();
        } else if (event instanceof Event.SignalReceived e) {
            signalReceived(e.signal(), now);
        } else {
            takeRequest(event, now);
        }
    }

    private void takeRequest(Event event, long now) {
        if (event instanceof Event.StartRequested e) {
            start(named(e.services()), now);
        } else if (event instanceof Event.StopRequested e) {
            queueStop(dependencies.withDependents(named(e.services())), now);
        } else if (event instanceof Event.RestartRequested e) {
            restart(named(e.services()), now);
        } else if (event instanceof Event.ReloadRequested e) {
            reload(named(e.services()));
        } else if (event instanceof Event.SignalRequested e) {
            for (Service service : named(e.services())) {
                actions.signal(service.pid, false, e.signal());
            }
        } else if (event instanceof Event.ShutdownRequested e) {
            beginShutdown(e.code(), -1, now);
        }
    }

    private List<Service> named(List<String> names) {
        List<Service> found = new ArrayList<>();
        for (String name : names) {
            Service service = services.get(name);
            if (service != null) {
                found.add(service);
            }
        }
        return found;
    }

    // What happens to one service

    private void fire(String name, Trigger trigger, Detail detail, long now) {
        Service service = services.get(name);
        if (service != null) {
            fire(service, trigger, detail, now);
        }
    }

    private void fire(Service service, Trigger trigger, Detail detail, long now) {
        State before = service.state;
        machine.fire(service, trigger, detail, now);
        if (service.state == before) {
            return;
        }
        changed.add(service);
        if (service.state == State.DONE) {
            endedForGood(service, service.restart().onExit(), now);
        } else if (service.state == State.FAILED) {
            endedForGood(service, service.restart().onFailed(), now);
        }
    }

    private void endedForGood(Service service, ContainerAction action, long now) {
        if (action == ContainerAction.IGNORE || shutdown.begun()) {
            return;
        }
        boolean failed = service.state == State.FAILED;
        actions.say(
                failed ? LogLevel.ERROR : LogLevel.INFO,
                service.name() + (failed ? " has failed" : " has ended") + ": stopping the container");
        int code = endCode(service);
        beginShutdown(-1, failed && code <= 0 ? 1 : code, now);
    }

    /** How a service ended, as an exit code; -1 where it has not. */
    private static int endCode(@Nullable Service service) {
        ExitStatus exit = service == null ? null : service.lastExit;
        return exit == null ? -1 : exit.shellCode();
    }

    private void spawned(Event.Spawned event, long now) {
        Service service = services.get(event.service());
        if (service == null) {
            return;
        }
        byPid.put(event.pid(), service);
        switch (event.role()) {
            case RUN -> fire(service, Trigger.SPAWNED, Detail.ofPid(event.pid()), now);
            case HEALTHCHECK -> {
                if (service.health.testing) {
                    service.health.pid = event.pid();
                } else {
                    actions.killGroup(event.pid());
                }
            }
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
        Service service = services.get(name);
        if (service == null) {
            return;
        }
        if (role == Role.RUN) {
            fire(service, trigger, Detail.ofText(why), now);
            return;
        }
        sayHelperFailed(service, role, why);
        if (role == Role.HEALTHCHECK) {
            testEnded(service, false, now);
        } else if (service.helper == role) {
            fire(service, Trigger.HELPER_ENDED, Detail.NONE, now);
        }
    }

    private void setUpFailed(Event.SetUpFailed event, long now) {
        SetUpReport report = event.report();
        String object = event.object().isEmpty() ? "" : " " + event.object();
        String why = "cannot " + report.step().verb() + object + ": " + Errno.describe(report.errno());
        Service service = services.get(event.service());
        if (service == null) {
            return;
        }
        if (event.role() == Role.RUN) {
            fire(service, Trigger.BROKEN, Detail.ofText(why), now);
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
            fire(service, Trigger.ENDED, Detail.ofStatus(status), now);
        } else if (pid == service.helperPid) {
            fire(service, Trigger.HELPER_ENDED, Detail.ofStatus(status), now);
        } else if (pid == service.health.pid) {
            actions.killGroup(pid);
            testEnded(service, !status.signalled() && status.code() == 0, now);
        }
    }

    // Health and readiness

    private void testEnded(Service service, boolean passed, long now) {
        Healthcheck check = service.definition().healthcheck();
        if (check == null || !service.health.testing) {
            return;
        }
        HealthState before = service.health.state();
        boolean sickened = service.health.testEnded(check, passed, now);
        if (service.health.state() != before) {
            changed.add(service);
        }
        if (passed && service.definition().readiness().kind() == ServiceDefinition.Readiness.Kind.HEALTHCHECK) {
            fire(service, Trigger.CAME_READY, Detail.NONE, now);
        }
        if (sickened) {
            sicken(service, check, now);
        }
    }

    private void sicken(Service service, Healthcheck check, long now) {
        actions.say(
                LogLevel.WARN, service.name() + " is unhealthy: its health check failed " + check.retries() + " times");
        if (check.onUnhealthy() == OnUnhealthy.RESTART) {
            fire(service, Trigger.SICKENED, Detail.NONE, now);
        } else if (check.onUnhealthy() == OnUnhealthy.STOP_CONTAINER && !shutdown.begun()) {
            actions.say(LogLevel.ERROR, service.name() + " is unhealthy: stopping the container");
            beginShutdown(-1, 1, now);
        }
    }

    private void tick(long now) {
        for (Service service : services.values()) {
            if (service.deadline <= now) {
                fire(service, Trigger.DEADLINE, Detail.NONE, now);
            }
            if (service.probeAt <= now) {
                probe(service, now);
            }
            if (service.health.deadline <= now) {
                tickHealth(service, now);
            }
        }
        tickContainer(now);
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
        } else if (!service.health.testing) {
            service.health.testBegun(check, now);
            actions.spawn(service, Role.HEALTHCHECK, check.test());
        } else {
            actions.killGroup(service.health.pid);
            testEnded(service, false, now);
        }
    }

    private void tickContainer(long now) {
        if (startupDeadline <= now) {
            startupTimedOut(now);
        }
        if (shutdown.begun() && shutdown.deadline() <= now) {
            if (shutdown.killed) {
                actions.say(LogLevel.ERROR, "the stop is out of time: leaving what the kernel still holds");
                exit();
            } else {
                killEverything(now);
            }
        }
    }

    private void startupTimedOut(long now) {
        startupDeadline = Service.NEVER;
        StringBuilder late = new StringBuilder();
        for (Service service : services.values()) {
            if (service.wanted && service.state != State.READY && service.state != State.DONE) {
                late.append(late.length() == 0 ? "" : ", ").append(service.name());
            }
        }
        if (late.length() > 0) {
            actions.say(LogLevel.ERROR, "not up within startup_timeout: " + late + ": stopping the container");
            beginShutdown(-1, 1, now);
        }
    }

    // The container's life

    private void boot(long now) {
        if (settings.startupTimeout() > 0) {
            startupDeadline = now + settings.startupTimeout();
        }
        List<Service> first = new ArrayList<>();
        for (Service service : services.values()) {
            if (service.definition().autostart()) {
                first.add(service);
            }
        }
        start(first, now);
    }

    private void start(List<Service> named, long now) {
        if (shutdown.begun()) {
            return;
        }
        pullIn(named, now);
        for (Service service : named) {
            service.stopQueued = false;
            fire(service, Trigger.START, Detail.NONE, now);
        }
    }

    /** Starts what {@code named} depend on, where it is not on its way up already. */
    private void pullIn(List<Service> named, long now) {
        for (Service service : dependencies.needsOf(named)) {
            if (service.state.settled()) {
                service.stopQueued = false;
                fire(service, Trigger.START, Detail.NONE, now);
            }
        }
    }

    private void restart(List<Service> named, long now) {
        if (shutdown.begun()) {
            return;
        }
        for (Service service : named) {
            service.stopQueued = false;
            fire(service, Trigger.RESTART, Detail.NONE, now);
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

    private void queueStop(Collection<Service> doomed, long now) {
        for (Service service : doomed) {
            service.stopQueued = true;
            service.startQueued = false;
            service.wanted = false;
        }
        for (Service service : doomed) {
            advanceStop(service, now);
        }
    }

    private void advanceStop(Service service, long now) {
        boolean itsTurn = !service.active() || !dependencies.neededByStopping(service);
        boolean onItsWay = service.state == State.STOPPING || service.state == State.FINISHING;
        if (service.stopQueued && itsTurn && !onItsWay) {
            fire(service, Trigger.STOP, Detail.NONE, now);
            // It stays queued until it is down: those that it depends on wait for that.
            service.stopQueued = service.active();
        }
    }

    private void signalReceived(int signal, long now) {
        SignalAction action = settings.signals().get(signal);
        if (action != null) {
            actOn(action, now);
        } else if (stopsByDefault(signal)) {
            passOnToMain(signal);
            stopSignal(now);
        } else {
            Service main = services.get(MAIN);
            if (main != null) {
                actions.signal(main.pid, false, signal);
            }
        }
    }

    /** A main that tells QUIT from TERM is told what the container was told; PWR and USR2 mean TERM. */
    private void passOnToMain(int signal) {
        Service main = services.get(MAIN);
        if (main != null && signal != Signal.PWR && signal != Signal.USR2) {
            main.stopSignal = signal;
        }
    }

    /** TERM, INT, QUIT, PWR and USR2: any signal that a container engine may be told to stop containers with. */
    private static boolean stopsByDefault(int signal) {
        return signal == Signal.TERM
                || signal == Signal.INT
                || signal == Signal.QUIT
                || signal == Signal.PWR
                || signal == Signal.USR2;
    }

    private void actOn(SignalAction action, long now) {
        switch (action.kind()) {
            case STOP -> stopSignal(now);
            case IGNORE -> {}
            case FORWARD -> {
                for (Service service : named(action.targets())) {
                    actions.signal(service.pid, false, action.signal());
                }
            }
            case ALL -> {
                for (Service service : services.values()) {
                    actions.signal(service.pid, false, action.signal());
                }
            }
        }
    }

    private void stopSignal(long now) {
        if (shutdown.begun()) {
            actions.say(LogLevel.WARN, "told to stop again: killing what is left");
            killEverything(now);
        } else {
            beginShutdown(-1, -1, now);
        }
    }

    private void beginShutdown(int requestedCode, int causeCode, long now) {
        boolean first = !shutdown.begun();
        shutdown.begin(requestedCode, causeCode, settings.shutdownGracePeriod(), now);
        startupDeadline = Service.NEVER;
        if (first) {
            queueStop(services.values(), now);
        }
    }

    private void killEverything(long now) {
        shutdown.killed = true;
        for (Service service : services.values()) {
            service.stopQueued = false;
            fire(service, Trigger.KILL, Detail.NONE, now);
        }
        if (shutdown.phase == Shutdown.Phase.SWEEPING) {
            actions.add(new Action.Sweep(Signal.KILL));
        }
    }

    private void childrenGone() {
        if (shutdown.phase == Shutdown.Phase.SWEEPING) {
            exit();
        }
    }

    private void exit() {
        if (shutdown.phase == Shutdown.Phase.OVER) {
            return;
        }
        shutdown.phase = Shutdown.Phase.OVER;
        String from = settings.exitCodeFrom();
        int fromService = from == null ? -1 : endCode(services.get(from));
        actions.add(new Action.Exit(shutdown.exitCode(fromService, endCode(services.get(MAIN)))));
    }

    // What follows from changes

    private void followUp(long now) {
        for (Service service = changed.poll(); service != null; service = changed.poll()) {
            advanceStart(service, now);
            for (Service dependent : dependencies.dependentsOf(service)) {
                advanceStart(dependent, now);
            }
            if (!service.active()) {
                service.stopQueued = false;
                advanceStopsBelow(service, now);
            }
        }
        if (shutdown.phase == Shutdown.Phase.STOPPING && allDown()) {
            boolean wasKilled = shutdown.killed;
            shutdown.beginSweep(now);
            shutdown.killed = wasKilled;
            actions.add(new Action.Sweep(wasKilled ? Signal.KILL : Signal.TERM));
        }
    }

    private void advanceStart(Service service, long now) {
        if (service.state != State.WAITING) {
            return;
        }
        Finding finding = dependencies.examine(service);
        switch (finding.verdict()) {
            case MET -> fire(service, Trigger.CLEARED, Detail.NONE, now);
            case LOST -> fire(service, Trigger.BLOCKED, Detail.ofText(finding.why()), now);
            case PENDING -> {}
        }
    }

    /** Something has gone down: what it needed may follow. */
    private void advanceStopsBelow(Service gone, long now) {
        for (Service service : dependencies.directNeedsOf(gone)) {
            advanceStop(service, now);
        }
    }

    private boolean allDown() {
        for (Service service : services.values()) {
            if (service.active() || !service.state.settled()) {
                return false;
            }
        }
        return true;
    }
}
