package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ContainerSettings.SignalAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container as a whole: its start, what signals do to it, its end and its exit code. */
final class ContainerLife {
    /** What a shell adds to the number of a signal that has ended a process. */
    private static final int SIGNALLED = 128;

    private ContainerSettings settings;
    private final Fleet fleet;
    private final Actions actions;
    private final Shutdown shutdown = new Shutdown();
    private long startupDeadline = Service.NEVER;
    /** How many services had been killed for their grace period before the stop. */
    private int killedBefore;
    /** Whether a terminal's interrupt has come. */
    private boolean interrupted;

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
        return Math.min(Math.min(shutdown.deadline(), startupDeadline), Math.min(shutdown.stopAt, shutdown.mainStopAt));
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
        List<String> late = new ArrayList<>();
        for (Service service : fleet.all()) {
            boolean up = service.state == State.READY || service.state == State.DONE || service.restsBetweenRuns();
            if (service.wanted && !up) {
                late.add(service.name() + " " + whyNotUp(service));
            }
        }
        if (!late.isEmpty()) {
            stopBecause("not up within startup_timeout: " + Words.some(late, "; "), 1, now);
        }
    }

    private String whyNotUp(Service service) {
        String reason = service.reason == null ? "" : ": " + service.reason;
        return switch (service.state) {
            case WAITING -> fleet.waitsFor(service);
            case UP -> "is " + (service.oneshot() ? "still running" : Words.waitsFor(service));
            case BACKOFF, FAILED -> service.state.phrase() + reason;
            case DOWN, STARTING, READY, STOPPING, FINISHING, DONE -> service.state.phrase();
        };
    }

    // Signals

    /** Takes a signal; {@code kernels} says that no process sent it, but a terminal or the like. */
    void signalReceived(int signal, boolean kernels, long now) {
        SignalAction action = settings.signals().get(signal);
        if (action != null) {
            actOn(action, now);
        } else if (stopsByDefault(signal)) {
            passOnToMain(signal);
            stopSignal(now);
        } else if (signal == Signal.HUP) {
            actions.add(new Action.ReadLayout());
        } else {
            passOnOrStop(signal, kernels, now);
        }
        if (signal == Signal.INT && kernels) {
            interrupt(now);
        }
    }

    /**
     * What main does not receive, nobody does: then the signal is one that the image has its containers stopped with. A
     * terminal that has another size stops nothing.
     */
    private void passOnOrStop(int signal, boolean kernels, long now) {
        Service main = fleet.find(Supervisor.MAIN);
        if (main != null && main.pid != 0) {
            actions.signal(main.pid, false, signal);
        } else if (!kernels) {
            stopSignal(now);
        }
    }

    /** Ctrl-C at the container's terminal: the second one kills. */
    private void interrupt(long now) {
        if (interrupted && shutdown.begun() && !shutdown.killed) {
            killEverything("interrupted again", now);
        }
        interrupted = true;
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
        if (main != null && !shutdown.begun() && signal != Signal.PWR && signal != Signal.USR2) {
            main.stopSignal = signal;
        }
    }

    private void actOn(SignalAction action, long now) {
        switch (action.kind()) {
            case STOP -> stopSignal(now);
            case IGNORE -> {}
            case RELOAD -> actions.add(new Action.ReadLayout());
            case FORWARD -> sendTo(fleet.named(action.targets()), action.signal(), true);
            case ALL -> sendTo(fleet.all(), action.signal(), false);
        }
    }

    /** Whoever was named is missed where it does not run. */
    private void sendTo(Iterable<Service> services, int signal, boolean named) {
        for (Service service : services) {
            if (named && service.pid == 0) {
                actions.say(
                        LogLevel.WARN,
                        "cannot pass " + Signal.name(signal) + " on to " + service.name() + ": it "
                                + service.state.phrase());
            }
            actions.signal(service.pid, false, signal);
        }
    }

    private void stopSignal(long now) {
        // A second one changes nothing: engines and their clients send two.
        if (!shutdown.begun()) {
            beginShutdown(-1, -1, true, now);
        }
    }

    // The end

    /** A user wants the container to stop; {@code code} is -1 to leave it to the layout. */
    void shutdownRequested(int code, long now) {
        beginShutdown(code, -1, true, now);
    }

    /** The container cannot go on; {@code code} is its exit code unless the layout has another. */
    void stopBecause(String why, int code, long now) {
        if (!shutdown.begun()) {
            actions.say(LogLevel.ERROR, why + ": stopping the container");
            beginShutdown(-1, code, false, now);
        }
    }

    private void endedForGood(Service service, long now) {
        if (shutdown.begun()) {
            if (endAction(service) == ContainerAction.STOP_CONTAINER) {
                shutdown.hurry(now);
            }
            return;
        }
        boolean failed = service.state == State.FAILED;
        if (endAction(service) == ContainerAction.IGNORE) {
            if (failed) {
                sayWhoGoesOn(service);
            }
            return;
        }
        int code = endCode(service);
        if (failed && service.failedByPolicy) {
            boolean main = service.name().equals(Supervisor.MAIN);
            // Of main the container's own code tells, unless that is not main's.
            actions.say(
                    main && !service.wentToBackground ? LogLevel.INFO : LogLevel.ERROR,
                    service.name() + " " + Words.did(String.valueOf(service.reason)) + ": stopping the container");
            beginShutdown(-1, code <= 0 ? 1 : code, false, now);
        } else if (failed) {
            stopBecause(service.name() + " has failed", code <= 0 ? 1 : code, now);
        } else {
            actions.say(LogLevel.INFO, service.name() + " has ended: stopping the container");
            beginShutdown(-1, code, false, now);
        }
    }

    private static ContainerAction endAction(Service service) {
        RestartPolicy restart = service.restart();
        if (service.state != State.FAILED) {
            return restart.onExit();
        }
        return service.failedByPolicy ? restart.onFailedExit() : restart.onFailed();
    }

    /** What depends on a service that has failed and runs already is not stopped for it. */
    private void sayWhoGoesOn(Service failed) {
        List<String> names = fleet.runningDependentsOf(failed);
        if (!names.isEmpty()) {
            actions.say(
                    LogLevel.WARN,
                    failed.name() + " has failed; " + Words.some(names)
                            + (names.size() == 1 ? " depends on it and keeps" : " depend on it and keep")
                            + " running without it");
        }
    }

    /**
     * How a service ended, as an exit code; -1 where it has not. Where it was told to go because it was not ready in time, or
     * unhealthy, the signal is ours, and its code would look like that of an ordinary stop. The code 0 of a program that went into
     * the background says nothing of its work.
     */
    private static int endCode(@Nullable Service service) {
        ExitStatus exit = service == null ? null : service.lastExit;
        if (service == null || exit == null) {
            return -1;
        }
        boolean says = !(service.lastExitCut && exit.signalled()) && !service.wentToBackground;
        return says ? exit.shellCode() : 1;
    }

    /** The first time begins the stop; {@code delayed} where somebody asked for it, and is to notice before anything ends. */
    private void beginShutdown(int requestedCode, int causeCode, boolean delayed, long now) {
        boolean first = !shutdown.begun();
        shutdown.begin(requestedCode, causeCode, settings.shutdownGracePeriod(), now);
        startupDeadline = Service.NEVER;
        if (first) {
            killedBefore = fleet.killedLate();
            actions.add(new Action.AnnounceStop());
            long delay = delayed ? settings.stopDelay() : 0;
            shutdown.mainDelay = delayed ? settings.mainStopDelay() : 0;
            if (delay == 0) {
                stopServices(now);
            } else {
                shutdown.stopAt = now + delay;
            }
        }
    }

    /** Main may go on for longer; what it needs, too. */
    private void stopServices(long now) {
        Service main = fleet.find(Supervisor.MAIN);
        if (shutdown.mainDelay > 0 && main != null && main.state.running()) {
            main.stopHeld = true;
            shutdown.mainStopAt = now + shutdown.mainDelay;
        }
        if (main != null && main.wanted && main.lastExit == null && shutdown.asked() && !main.state.running()) {
            // What the container is there for was not done: its code is not that of success.
            shutdown.unrunCode = SIGNALLED + main.stopSignal;
            actions.say(LogLevel.WARN, "the container stops before main has run: main " + whyNotUp(main));
        }
        fleet.stopAll(now);
    }

    private void releaseMain(long now) {
        Service main = fleet.find(Supervisor.MAIN);
        shutdown.mainStopAt = Service.NEVER;
        if (main != null) {
            fleet.release(main, now);
        }
    }

    void tick(long now) {
        if (startupDeadline <= now) {
            startupTimedOut(now);
        }
        if (shutdown.stopAt <= now) {
            shutdown.stopAt = Service.NEVER;
            stopServices(now);
        }
        if (shutdown.mainStopAt <= now) {
            releaseMain(now);
        }
        if (shutdown.deadline() > now) {
            return;
        }
        if (shutdown.killed) {
            actions.say(LogLevel.ERROR, "the stop is out of time: leaving what the kernel still holds");
            exit();
        } else {
            killEverything("the stop is out of time", now);
        }
    }

    private void killEverything(String why, long now) {
        String left = fleet.namesOfActive();
        if (!left.isEmpty()) {
            actions.say(LogLevel.WARN, why + ": killing " + left);
            shutdown.killedServices = true;
        }
        // Whoever is left then was a service's.
        shutdown.killedServices |= shutdown.phase == Shutdown.Phase.SWEEPING;
        shutdown.killed = true;
        shutdown.stopAt = Service.NEVER;
        shutdown.mainStopAt = Service.NEVER;
        fleet.killAll(now);
        if (shutdown.phase == Shutdown.Phase.SWEEPING) {
            actions.add(new Action.Sweep(Signal.KILL));
        }
    }

    /** Once all services are down, strangers go. */
    void followUp(long now) {
        if (shutdown.phase == Shutdown.Phase.STOPPING && fleet.allDown()) {
            shutdown.beginSweep();
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
        boolean killedLate = fleet.killedLate() > killedBefore;
        actions.add(new Action.Exit(shutdown.exitCode(fromService, main, killedLate)));
    }
}
