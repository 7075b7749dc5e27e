package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;

/** Waiting, which is all that moves the clock; and the count of what came of each wait. */
final class SimPoll {
    private static final int HUNG_UP = 0x10;
    private static final int NOT_OPEN = 0x20;

    private final Simulation simulation;
    private final ProcessTable processes;
    private final Descriptors descriptors;
    private final int limit;
    private boolean inPoll;
    private int polls;
    private int idleWakes;
    private int effects;
    private int effectsAtTimeout = -1;

    SimPoll(Simulation simulation, ProcessTable processes, Descriptors descriptors, int limit) {
        this.simulation = simulation;
        this.processes = processes;
        this.descriptors = descriptors;
        this.limit = limit;
    }

    /** Says that the supervisor has done something. */
    void noteEffect() {
        effects++;
    }

    /** How often poll's time was over and nothing came of it. */
    int idleWakes() {
        return idleWakes;
    }

    /** How often poll has been called. */
    int polls() {
        return polls;
    }

    /** The number of the poll that tells of what happens now. */
    int telling() {
        return inPoll ? polls : polls + 1;
    }

    int poll(PollSet set, long timeoutMillis) {
        beforePoll();
        inPoll = true;
        try {
            long deadline = timeoutMillis < 0 ? Simulation.NEVER : simulation.now() + timeoutMillis;
            return simulation.faults.strikes(Faults.Kind.INTERRUPT) ? -Errno.EINTR : await(set, deadline);
        } finally {
            inPoll = false;
        }
    }

    private int await(PollSet set, long deadline) {
        while (true) {
            simulation.catchUp();
            int found = mark(set);
            if (found > 0) {
                oversleep(set);
                return mark(set);
            }
            long next = simulation.next();
            if (next > deadline) {
                simulation.advanceTo(deadline);
                oversleep(set);
                int late = mark(set);
                effectsAtTimeout = late == 0 ? effects : -1;
                return late;
            }
            if (next == Simulation.NEVER) {
                throw new SimEnd(SimEnd.Cause.AT_REST);
            }
            simulation.advanceTo(next);
        }
    }

    private void oversleep(PollSet set) {
        if (set.size() > 0 && simulation.faults.strikes(Faults.Kind.LATE_WAKE)) {
            simulation.advanceTo(simulation.now() + simulation.faults.extent(100));
            simulation.catchUp();
        }
    }

    private void beforePoll() {
        if (effectsAtTimeout == effects) {
            idleWakes++;
            simulation.trace("poll was over and nothing came of it");
        }
        effectsAtTimeout = -1;
        for (SimProcess child : processes.init().children) {
            if (child.noticed <= polls) {
                simulation.violation(child + " is still a zombie after an iteration");
            }
        }
        if (++polls > limit) {
            throw new SimEnd(SimEnd.Cause.TOO_LONG);
        }
    }

    private int mark(PollSet set) {
        int count = 0;
        for (int i = 0; i < set.size(); i++) {
            int found = found(set.descriptor(i), set.asked(i));
            set.note(i, found);
            count += found != 0 ? 1 : 0;
        }
        return count;
    }

    private int found(int descriptor, int asked) {
        OpenFile file = descriptors.require(descriptor, "poll");
        if (file == null) {
            return NOT_OPEN;
        }
        int found = file.hungUp() ? HUNG_UP : 0;
        found |= (asked & PollSet.READABLE) != 0 && file.readable() ? PollSet.READABLE : 0;
        found |= (asked & PollSet.WRITABLE) != 0 && file.writable() ? PollSet.WRITABLE : 0;
        return found;
    }
}
