package dev.pintle.init.core;

import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings.LogLevel;
import java.util.ArrayList;
import java.util.List;

/** Collects what a step wants done. The list is used again by the next step. */
final class Actions {
    private final List<Action> list = new ArrayList<>();

    List<Action> list() {
        return list;
    }

    void add(Action action) {
        list.add(action);
    }

    void spawn(Service service, Role role, List<String> command) {
        list.add(new Action.Spawn(service.definition(), role, command, role == Role.RUN && service.heard));
    }

    /** Sends a signal to a process, or to its group; nothing where there is no process. */
    void signal(int pid, boolean group, int signal) {
        if (pid > 0) {
            list.add(new Action.SendSignal(group ? -pid : pid, signal));
        }
    }

    /** Kills a helper process and all that it started. */
    void killGroup(int pid) {
        signal(pid, true, Signal.KILL);
    }

    void say(LogLevel level, String message) {
        list.add(new Action.Say(level, message));
    }
}
