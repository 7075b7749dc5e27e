package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ContainerSettings.SignalAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container as a whole: its start, what signals do to it, its end and its exit code. */
final class ContainerLife {
    private ContainerSettings settings;
    private final Fleet fleet;
    private final Actions actions;
    private final Shutdown shutdown = new Shutdown();
    private long startupDeadline = Service.NEVER;

    ContainerLife(ContainerSettings settings, Fleet fleet, Actions actions) {
        this.settings = settings;
        this.fleet = fleet;
        this.actions = actions;
        fleet.setEndListener(this::endedForGood);
    }

    /** The layout says something else of the container. */
    void become(ContainerSettings newSettings) {
        settings = newSettings;
    }

    boolean stopping() {
        return shutdown.begun();
    }

    /** When {@link #tick} is due by time alone. */
    long deadline() {
        return Math.min(shutdown.deadline(), startupDeadline);
    }

    // The start

    void boot(long now) {
        if (settings.startupTimeout() > 0) {
            startupDeadline = now + settings.startupTimeout();
        }
        List<Service> first = new ArrayList<>();
        for (Service service : fleet.all()) {
            if (service.definition().autostart()) {
                first.add(service);
            }
        }
        fleet.start(first, now);
    }

    private void startupTimedOut(long now) {
        startupDeadline = Service.NEVER;
        StringBuilder late = new StringBuilder();
        for (Service service : fleet.all()) {
            if (service.wanted && service.state != State.READY && service.state != State.DONE) {
                late.append(late.length() == 0 ? "" : ", ").append(service.name());
            }
        }
        if (late.length() > 0) {
            stopBecause("not up within startup_timeout: " + late, 1, now);
        }
    }

    // Signals

    void signalReceived(int signal, long now) {
        SignalAction action = settings.signals().get(signal);
        if (action != null) {
            actOn(action, now);
        } else if (stopsByDefault(signal)) {
            passOnToMain(signal);
            stopSignal(now);
        } else if (signal == Signal.HUP) {
            actions.add(new Action.ReadLayout());
        } else {
            sendTo(fleet.named(List.of(Supervisor.MAIN)), signal);
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

    /** A main that tells QUIT from TERM is told what the container was told; PWR and USR2 mean TERM. */
    private void passOnToMain(int signal) {
        Service main = fleet.find(Supervisor.MAIN);
        if (main != null && signal != Signal.PWR && signal != Signal.USR2) {
            main.stopSignal = signal;
        }
    }

    private void actOn(SignalAction action, long now) {
        switch (action.kind()) {
            case STOP -> stopSignal(now);
            case IGNORE -> {}
            case RELOAD -> actions.add(new Action.ReadLayout());
            case FORWARD -> sendTo(fleet.named(action.targets()), action.signal());
            case ALL -> sendTo(fleet.all(), action.signal());
        }
    }

    private void sendTo(Iterable<Service> services, int signal) {
        for (Service service : services) {
            actions.signal(service.pid, false, signal);
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

    // The end

    /** A user wants the container to stop; {@code code} is -1 to leave it to the layout. */
    void shutdownRequested(int code, long now) {
        beginShutdown(code, -1, now);
    }

    /** The container cannot go on; {@code code} is its exit code unless the layout has another. */
    void stopBecause(String why, int code, long now) {
        if (!shutdown.begun()) {
            actions.say(LogLevel.ERROR, why + ": stopping the container");
            beginShutdown(-1, code, now);
        }
    }

    private void endedForGood(Service service, long now) {
        boolean failed = service.state == State.FAILED;
        ContainerAction action =
                failed ? service.restart().onFailed() : service.restart().onExit();
        if (action == ContainerAction.IGNORE || shutdown.begun()) {
            return;
        }
        int code = endCode(service);
        if (failed) {
            stopBecause(service.name() + " has failed", code <= 0 ? 1 : code, now);
        } else {
            actions.say(LogLevel.INFO, service.name() + " has ended: stopping the container");
            beginShutdown(-1, code, now);
        }
    }

    /** How a service ended, as an exit code; -1 where it has not. */
    private static int endCode(@Nullable Service service) {
        ExitStatus exit = service == null ? null : service.lastExit;
        return exit == null ? -1 : exit.shellCode();
    }

    private void beginShutdown(int requestedCode, int causeCode, long now) {
        boolean first = !shutdown.begun();
        shutdown.begin(requestedCode, causeCode, settings.shutdownGracePeriod(), now);
        startupDeadline = Service.NEVER;
        if (first) {
            actions.add(new Action.AnnounceStop());
            fleet.stopAll(now);
        }
    }

    void tick(long now) {
        if (startupDeadline <= now) {
            startupTimedOut(now);
        }
        if (shutdown.deadline() > now) {
            return;
        }
        if (shutdown.killed) {
            actions.say(LogLevel.ERROR, "the stop is out of time: leaving what the kernel still holds");
            exit();
        } else {
            killEverything(now);
        }
    }

    private void killEverything(long now) {
        shutdown.killed = true;
        fleet.killAll(now);
        if (shutdown.phase == Shutdown.Phase.SWEEPING) {
            actions.add(new Action.Sweep(Signal.KILL));
        }
    }

    /** Once all services are down, strangers go. */
    void followUp(long now) {
        if (shutdown.phase == Shutdown.Phase.STOPPING && fleet.allDown()) {
            shutdown.beginSweep(now);
            actions.add(new Action.Sweep(shutdown.killed ? Signal.KILL : Signal.TERM));
        }
    }

    void childrenGone() {
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
        int fromService = from == null ? -1 : endCode(fleet.find(from));
        int main = endCode(fleet.find(Supervisor.MAIN));
        actions.add(new Action.Exit(shutdown.exitCode(fromService, main)));
    }
}
