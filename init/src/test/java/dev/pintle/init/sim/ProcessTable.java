package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All simulated processes, and the rules of Linux for their lives: fork, exit, wait, kill, groups and orphans. */
final class ProcessTable {
    private static final int FIRST_PID = 2;
    private static final int URG = 23;
    private static final int WINCH = 28;
    private static final int STOP = 19;
    private static final int USR1 = 10;

    private final Simulation simulation;
    private final Consumer<SimProcess> childOfInitEnded;
    private final @Nullable SimProcess[] byPid;
    /** How many processes bear a number as pid, group or session. */
    private final int[] bearers;
    /** Whether the group of a number was made by a descendant of init; as long as there is one, the number is no other's. */
    private final boolean[] groupIsOurs;

    private final List<SimProcess> all = new ArrayList<>();
    private final SimProcess init;
    private boolean adopts;
    private int lastPid;

    /**
     * A table with init in it.
     *
     * @param childOfInitEnded is told of each zombie that init has to release
     */
    ProcessTable(Simulation simulation, int initPid, int pidLimit, Consumer<SimProcess> childOfInitEnded) {
        this.simulation = simulation;
        this.childOfInitEnded = childOfInitEnded;
        byPid = new SimProcess[pidLimit];
        bearers = new int[pidLimit];
        groupIsOurs = new boolean[pidLimit];
        adopts = initPid == 1;
        init = new SimProcess(initPid, "init", Behaviour.runs());
        init.executed = true;
        lastPid = initPid;
        enter(init, null, initPid, initPid);
    }

    SimProcess init() {
        return init;
    }

    /** All that have not been released, zombies too. */
    List<SimProcess> all() {
        return all;
    }

    @Nullable
    SimProcess find(int pid) {
        return pid > 0 && pid < byPid.length ? byPid[pid] : null;
    }

    void adoptOrphans() {
        adopts = true;
    }

    /** Makes a child; null where there is no pid left. It has not executed yet. */
    @Nullable
    SimProcess fork(@Nullable SimProcess parent, String name, Behaviour behaviour) {
        int pid = freePid();
        if (pid < 0) {
            return null;
        }
        SimProcess child = new SimProcess(pid, name, behaviour);
        enter(child, parent, parent == null ? pid : parent.group, parent == null ? pid : parent.session);
        return child;
    }

    private int freePid() {
        for (int tried = 0; tried < byPid.length; tried++) {
            lastPid = lastPid + 1 < byPid.length ? lastPid + 1 : FIRST_PID;
            if (bearers[lastPid] == 0) {
                return lastPid;
            }
        }
        return -1;
    }

    private void enter(SimProcess process, @Nullable SimProcess parent, int group, int session) {
        process.parent = parent;
        if (parent != null) {
            parent.children.add(process);
        }
        byPid[process.pid] = process;
        all.add(process);
        process.group = group;
        process.session = session;
        bear(process, 1);
    }

    private void bear(SimProcess process, int change) {
        bearers[process.pid] += change;
        bearers[process.group] += change;
        bearers[process.session] += change;
    }

    /** setsid(2), or setpgid(2) alone for one that stays in its session. */
    void leadGroup(SimProcess process, boolean newSession) {
        bear(process, -1);
        process.group = process.pid;
        groupIsOurs[process.pid] = process.descendsFrom(init);
        process.session = newSession ? process.pid : process.session;
        bear(process, 1);
    }

    /** Has a process that executes begin what it does. */
    void begin(SimProcess process) {
        process.executed = true;
        Behaviour behaviour = process.behaviour;
        deliverPending(process);
        if (!process.alive()) {
            return;
        }
        if (behaviour.run == 0) {
            forkAll(process);
            endByItself(process);
            return;
        }
        if (behaviour.run > 0) {
            simulation.after(behaviour.run, () -> endByItself(process));
        }
        if (behaviour.ready >= 0) {
            simulation.after(behaviour.ready, () -> sayReady(process));
        }
        forkAll(process);
        if (behaviour.conduct != null) {
            behaviour.conduct.begin(process);
        }
    }

    private void forkAll(SimProcess process) {
        for (Behaviour.Fork fork : process.behaviour.forks) {
            if (fork.after() == 0) {
                forkScripted(process, fork);
            } else {
                simulation.after(fork.after(), () -> forkScripted(process, fork));
            }
        }
    }

    /** Has a process make another. */
    void forkScripted(SimProcess process, Behaviour.Fork fork) {
        if (!process.alive() || process.stopped) {
            return;
        }
        SimProcess child = fork(process, process.name + "+", fork.behaviour());
        if (child == null) {
            return;
        }
        simulation.trace(simulation.tracing() ? process + " forks " + child : "");
        for (OpenFile file : process.held) {
            file.hold();
            child.held.add(file);
        }
        child.output = process.output;
        if (fork.leavesGroup()) {
            leadGroup(child, true);
        }
        begin(child);
    }

    private void sayReady(SimProcess process) {
        OpenFile to = process.readiness;
        if (!process.alive() || process.stopped) {
            return;
        }
        process.saidReady = true;
        process.behaviour.whenReady.accept(process);
        if (to != null) {
            to.write(new byte[] {'\n'}, 0, 1);
            process.held.remove(to);
            to.drop();
            process.readiness = null;
        }
    }

    private void endByItself(SimProcess process) {
        if (process.stopped) {
            process.endDue = true;
        } else if (process.alive()) {
            end(process, process.behaviour.end);
        }
    }

    /** kill(2) by init. */
    int kill(int pid, int signal) {
        if (pid == -1) {
            return killAll(signal);
        }
        return pid > 0 ? killOne(pid, signal) : killGroup(pid == 0 ? init.group : -pid, signal);
    }

    private int killOne(int pid, int signal) {
        SimProcess target = find(pid);
        if (target == null) {
            simulation.violation("signal " + signal + " to pid " + pid + ", which nobody has");
            return -Errno.ESRCH;
        }
        checkOurs(target, signal);
        deliver(target, signal);
        return 0;
    }

    private int killGroup(int group, int signal) {
        boolean any = false;
        SimProcess leader = find(group);
        // The group of one of ours is ours, even those in it that the kernel has given to somebody else.
        boolean ours = groupIsOurs[group] || (leader != null && leader.descendsFrom(init));
        for (SimProcess target : List.copyOf(all)) {
            if (target.group == group && !target.released) {
                if (!ours) {
                    checkOurs(target, signal);
                }
                deliver(target, signal);
                any = true;
            }
        }
        boolean tooEarly = leader != null && leader.parent == init && !leader.executed;
        if (!any && !tooEarly && signal != 0) {
            simulation.violation("signal " + signal + " to group " + group + ", which is nobody's");
        }
        return any ? 0 : -Errno.ESRCH;
    }

    private int killAll(int signal) {
        if (init.pid != 1) {
            simulation.violation("signal " + signal + " to all processes by one that is not their PID 1");
        }
        boolean any = false;
        for (SimProcess target : List.copyOf(all)) {
            if (target != init && !target.released) {
                deliver(target, signal);
                any = true;
            }
        }
        return any ? 0 : -Errno.ESRCH;
    }

    private void checkOurs(SimProcess target, int signal) {
        if (!target.descendsFrom(init)) {
            simulation.violation("signal " + signal + " to " + target + ", which is not a descendant");
        }
    }

    private void deliver(SimProcess target, int signal) {
        if (!target.alive() || signal == 0) {
            return;
        }
        if (signal == Signal.KILL) {
            target.killed = true;
            killSlowly(target);
        } else if (signal == STOP) {
            target.stopped = true;
        } else if (signal == Signal.CONT) {
            target.stopped = false;
            deliverPending(target);
            if (target.endDue) {
                endByItself(target);
            }
        } else if (!target.executed || target.stopped) {
            target.pending |= 1L << (signal - 1);
        } else {
            react(target, signal);
        }
    }

    private void deliverPending(SimProcess target) {
        while (target.pending != 0 && target.alive() && !target.stopped) {
            int signal = Long.numberOfTrailingZeros(target.pending) + 1;
            target.pending &= target.pending - 1;
            react(target, signal);
        }
    }

    private void killSlowly(SimProcess target) {
        if (target.behaviour.killDelay == 0 || !target.executed) {
            end(target, ExitStatus.ofSignal(Signal.KILL));
            return;
        }
        simulation.after(target.behaviour.killDelay, () -> {
            if (target.alive()) {
                end(target, ExitStatus.ofSignal(Signal.KILL));
            }
        });
    }

    private void react(SimProcess target, int signal) {
        Behaviour.Conduct conduct = target.behaviour.conduct;
        if (conduct != null && conduct.handles(target, signal)) {
            return;
        }
        if (signal == Signal.CHLD || signal == URG || signal == WINCH || (signal >= 20 && signal <= 22)) {
            return;
        }
        switch (target.behaviour.manner) {
            case DEFAULT -> end(target, ExitStatus.ofSignal(signal));
            case HANDLES -> {
                if (signal != Signal.HUP && signal != Signal.USR2 && signal != USR1) {
                    stopInTime(target);
                }
            }
            case IGNORES -> {}
        }
    }

    /** A process that reads to the end of its standard input has read all: it ends as on a signal that it handles. */
    void inputEnded(SimProcess process) {
        if (process.alive()
                && process.executed
                && !process.stopped
                && process.behaviour.manner != Behaviour.Manner.IGNORES) {
            stopInTime(process);
        }
    }

    private void stopInTime(SimProcess target) {
        if (target.stopping) {
            return;
        }
        target.stopping = true;
        if (target.behaviour.stopDelay == 0) {
            end(target, target.behaviour.stopStatus);
            return;
        }
        simulation.after(target.behaviour.stopDelay, () -> {
            if (target.alive()) {
                end(target, target.behaviour.stopStatus);
            }
        });
    }

    /** A process ends: its files are closed, its children are orphans, its parent is told. */
    void end(SimProcess process, ExitStatus status) {
        simulation.trace(simulation.tracing() ? process + " is " + status.describe() : "");
        process.status = status;
        process.dropHeld();
        for (SimProcess child : process.children) {
            giveAway(child, process);
        }
        process.children.clear();
        tellParent(process);
    }

    private void giveAway(SimProcess orphan, SimProcess parent) {
        boolean ours = adopts && parent.descendsFrom(init);
        orphan.parent = ours ? init : null;
        if (ours) {
            init.children.add(orphan);
        }
        if (!orphan.alive()) {
            tellParent(orphan);
        }
    }

    private void tellParent(SimProcess process) {
        SimProcess parent = process.parent;
        if (parent == init) {
            childOfInitEnded.accept(process);
        } else if (parent == null || parent.behaviour.reaps) {
            release(process);
        }
    }

    /** The first ended child of init that waitid(2) would find, or null. */
    @Nullable
    SimProcess firstEnded() {
        for (int i = 0; i < init.children.size(); i++) {
            if (!init.children.get(i).alive()) {
                return init.children.get(i);
            }
        }
        return null;
    }

    /** Has a zombie's pid be free again. */
    void release(SimProcess process) {
        process.released = true;
        if (process.parent != null) {
            process.parent.children.remove(process);
        }
        bear(process, -1);
        byPid[process.pid] = null;
        all.remove(process);
    }
}
