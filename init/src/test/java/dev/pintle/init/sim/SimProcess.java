package dev.pintle.init.sim;

import dev.pintle.init.sys.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A simulated process; what it is, not what happens to it, which {@link ProcessTable} decides. */
final class SimProcess {
    final int pid;
    final String name;
    final Behaviour behaviour;
    /** Null where it is outside of what is simulated. */
    @Nullable
    SimProcess parent;

    final List<SimProcess> children = new ArrayList<>(2);
    int group;
    int session;
    boolean executed;
    boolean stopped;
    boolean stopping;
    /** Whether it would have ended by itself, had it not been stopped. */
    boolean endDue;

    /** Null while it lives. */
    @Nullable
    ExitStatus status;

    boolean released;
    /** Whether KILL has reached it. */
    boolean killed;
    /** Whether it has said that it is ready. */
    boolean saidReady;
    /** Signals that wait for it to execute or to continue. */
    long pending;
    /** As init: the number of the poll that tells of its end. */
    int noticed = Integer.MAX_VALUE;

    /** Open files that it shares with whoever made it. */
    final List<OpenFile> held = new ArrayList<>(4);
    /** Where it prints; null for standard output. */
    @Nullable
    OpenFile output;
    /** Where it says that it is ready. */
    @Nullable
    OpenFile readiness;

    SimProcess(int pid, String name, Behaviour behaviour) {
        this.pid = pid;
        this.name = name;
        this.behaviour = behaviour;
    }

    boolean alive() {
        return status == null;
    }

    /**
     * Whether it is past its set-up as far as its parent can know: one that was killed before it executed cannot be told
     * from one that was killed just after.
     */
    boolean pastSetUp() {
        return executed || (status != null && status.signalled());
    }

    boolean descendsFrom(SimProcess ancestor) {
        for (SimProcess at = parent; at != null; at = at.parent) {
            if (at == ancestor) {
                return true;
            }
        }
        return false;
    }

    void dropHeld() {
        held.forEach(OpenFile::drop);
        held.clear();
    }

    @Override
    public String toString() {
        return name + " (" + pid + ")";
    }
}
