package dev.pintle.init.sim;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.SetUpReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a child does between fork and exec: it holds every descriptor, makes its session, and reports a failure. */
final class ChildSetUp {
    private static final int STDERR = 2;

    private final Simulation simulation;
    private final ProcessTable processes;
    private final Descriptors descriptors;

    ChildSetUp(Simulation simulation, ProcessTable processes, Descriptors descriptors) {
        this.simulation = simulation;
        this.processes = processes;
        this.descriptors = descriptors;
    }

    /** Has a forked child set itself up, at once or in its time. */
    void begin(SimProcess process, ChildSpec child) {
        Behaviour behaviour = process.behaviour;
        simulation.trace(simulation.tracing() ? process + " is forked: " + behaviour : "");
        SimPipe status = new SimPipe("set-up of " + process);
        child.statusDescriptor = descriptors.open(status.reader);
        status.writer.hold();
        List<OpenFile> kept = keptFiles(child);
        watchInput(process, child);
        process.output = outputOf(child);
        process.readiness = child.extraTarget < 0 ? null : descriptors.require(child.extraSource, "placing in a child");
        if (behaviour.setUp == 0 || !behaviour.lateSession) {
            processes.leadGroup(process, !child.foreground);
        }
        if (behaviour.setUp == 0) {
            kept.forEach(OpenFile::hold);
            process.held.addAll(kept);
            process.held.add(status.writer);
            finishSetUp(process, status.writer, kept);
            return;
        }
        for (OpenFile file : descriptors.files()) {
            file.hold();
            process.held.add(file);
        }
        process.held.add(status.writer);
        simulation.after(behaviour.setUp, () -> {
            if (process.alive()) {
                finishSlowSetUp(process, status.writer, kept, !child.foreground);
            }
        });
    }

    private void finishSlowSetUp(SimProcess process, OpenFile status, List<OpenFile> kept, boolean newSession) {
        if (process.group != process.pid) {
            processes.leadGroup(process, newSession);
        }
        finishSetUp(process, status, kept);
    }

    /** Has a process notice the end of its standard input, in a turn of its own. */
    private void watchInput(SimProcess process, ChildSpec child) {
        // A logger has signals blocked, and reads of its first descriptor.
        int source = child.blocksSignals ? child.sockets[0] : child.stdin;
        OpenFile input = source < 0 ? null : descriptors.require(source, "placing in a child");
        if (input != null) {
            input.atEnd(() -> simulation.after(0, () -> processes.inputEnded(process)));
        }
    }

    /** What both of its streams are, where that is a descriptor that the init has made for it. */
    private @Nullable OpenFile outputOf(ChildSpec child) {
        boolean ofItsOwn = child.stdout > STDERR && child.stderr == child.stdout;
        return ofItsOwn ? descriptors.require(child.stdout, "placing in a child") : null;
    }

    private List<OpenFile> keptFiles(ChildSpec child) {
        List<OpenFile> kept = new ArrayList<>(4);
        int[] sources = {child.stdin, child.stdout, child.stderr, child.extraTarget < 0 ? -1 : child.extraSource};
        for (int source : concat(sources, child.sockets)) {
            OpenFile file = source < 0 ? null : descriptors.require(source, "placing in a child");
            if (file != null) {
                kept.add(file);
            }
        }
        return kept;
    }

    private static int[] concat(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private void finishSetUp(SimProcess process, OpenFile status, List<OpenFile> kept) {
        Behaviour behaviour = process.behaviour;
        if (behaviour.failedStep != null) {
            SetUpReport report = new SetUpReport(behaviour.failedStep, behaviour.failedErrno);
            status.write(report.encode(), 0, SetUpReport.SIZE);
            processes.end(process, report.end());
            return;
        }
        kept.forEach(OpenFile::hold);
        process.dropHeld();
        process.held.addAll(kept);
        processes.begin(process);
    }
}
