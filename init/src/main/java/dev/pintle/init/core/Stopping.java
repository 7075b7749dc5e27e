package dev.pintle.init.core;

import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.List;

/** How a service is brought down: by its stop command or its signal, with the rest of its group, and at last by KILL. */
final class Stopping {
    private static final long FIRST_LOOK_PAUSE = 10;
    /** How long a group that got KILL is waited for: its processes may hang in the kernel. */
    private static final long AFTER_KILL = 1_000;

    private final Actions actions;

    Stopping(Actions actions) {
        this.actions = actions;
    }

    /** Tells a service to stop; its grace period begins. */
    void begin(Service service, long now) {
        StopPolicy stop = service.definition().stop();
        leaveRun(service);
        service.state = State.STOPPING;
        service.deadline = now + stop.gracePeriod();
        List<String> command = stop.command();
        if (command != null && service.pid != 0) {
            askHelper(service, Role.STOP, command);
        } else {
            sendSignal(service);
        }
    }

    /** What goes with a run but not with its stop: health tests and looks for readiness. */
    void leaveRun(Service service) {
        actions.killGroup(service.health.pid);
        service.health.end();
        service.probeAt = Service.NEVER;
    }

    void sendSignal(Service service) {
        StopPolicy stop = service.definition().stop();
        if (service.definition().process().streams().input() == Stdin.LOG && service.pid > 0) {
            int target = stop.stopGroup() ? -service.pid : service.pid;
            actions.add(new Action.EndInput(service.name(), target, service.stopSignal));
        } else {
            actions.signal(service.pid, stop.stopGroup(), service.stopSignal);
        }
        // A stopped process takes no signal before it is continued.
        actions.signal(service.pid, stop.stopGroup(), Signal.CONT);
    }

    void askHelper(Service service, Role role, List<String> command) {
        service.helper = role;
        service.helperPid = 0;
        actions.spawn(service, role, command);
    }

    static void forgetHelper(Service service) {
        service.helper = null;
        service.helperPid = 0;
    }

    /**
     * The process of a service that was told to stop has ended: whether the rest of its group has what is left of the grace
     * period. With {@code stop_group} it was told too; what main has started is told now, since main cannot do it any more.
     */
    boolean awaitsGroup(Service service, long now) {
        boolean main = service.name().equals(Supervisor.MAIN);
        StopPolicy stop = service.definition().stop();
        boolean told = service.state == State.STOPPING && !service.killed && !service.cutShort;
        if (!told || !(stop.stopGroup() || main)) {
            return false;
        }
        if (!stop.stopGroup()) {
            actions.signal(service.pid, true, service.stopSignal);
            actions.signal(service.pid, true, Signal.CONT);
        }
        service.group = service.pid;
        service.pid = 0;
        // Its process is still to be released, and is one of the group until then.
        service.probeAt = now;
        service.probePause = FIRST_LOOK_PAUSE;
        return true;
    }

    /** Kills what there is of a service; false where there is nothing to wait for any more. */
    boolean kill(Service service, Trigger trigger, long now) {
        StopPolicy stop = service.definition().stop();
        boolean late = trigger == Trigger.DEADLINE;
        if (service.group != 0 && late && (service.killed || !stop.killGroup())) {
            return false;
        }
        if (late) {
            actions.say(
                    LogLevel.WARN,
                    service.name()
                            + (service.group == 0
                                    ? " is still there "
                                    : ": processes that it has started are still there ")
                            + Words.duration(stop.gracePeriod())
                            + " after it was told to stop"
                            + killing(service));
        } else {
            service.unwant();
            service.cutShort = true;
        }
        leaveRun(service);
        service.state = State.STOPPING;
        service.killed = true;
        service.deadline = Service.NEVER;
        actions.killGroup(service.helperPid);
        if (service.group == 0) {
            killMain(service);
        } else {
            actions.add(new Action.LookAtGroup(service.name(), service.group, true));
            service.probeAt = now + FIRST_LOOK_PAUSE;
            service.deadline = now + AFTER_KILL;
        }
        return true;
    }

    private static String killing(Service service) {
        if (service.group != 0) {
            return ": killing them";
        }
        if (service.helperPid == 0) {
            return ": killing it";
        }
        return service.oneshot()
                ? ", and its down_command still runs: killing it"
                : ", and its stop_command still runs: killing it";
    }

    void killMain(Service service) {
        actions.signal(service.pid, service.definition().stop().killGroup(), Signal.KILL);
    }

    void killFinish(Service service, Trigger trigger) {
        if (trigger == Trigger.KILL) {
            service.unwant();
        } else {
            actions.say(
                    LogLevel.WARN,
                    "the finish script of " + service.name() + " has not ended within "
                            + Words.duration(service.definition().stop().gracePeriod()) + ": killing it");
        }
        service.deadline = Service.NEVER;
        actions.killGroup(service.helperPid);
    }
}
