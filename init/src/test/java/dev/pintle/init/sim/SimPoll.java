package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;

/** Waiting, which is all that moves the clock; and the count of what came of each wait. */
final class SimPoll {
    private static final int HUNG_UP = 0x10;
    private static final int NOT_OPEN = 0x20;
    /** Where so many are reaped in a turn, others may wait for the next: users are not to. */
    private static final int FLOOD = 64;

    private final Simulation simulation;
    private final ProcessTable processes;
    private final Descriptors descriptors;
    private final int limit;
    private boolean inPoll;
    private int calls;
    private int polls;
    private int idleWakes;
    private int effects;
    /** Since the last turn. */
    private int released;

    private int effectsAtTimeout = -1;
    private Runnable atRest = () -> {};
    private Runnable beforeRest = () -> {};

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

    /** Says that the supervisor has released a child. */
    void noteRelease() {
        released++;
    }

    /** How often poll's time was over and nothing came of it. */
    int idleWakes() {
        return idleWakes;
    }

    /** How many turns of a loop there were. */
    int polls() {
        return polls;
    }

    /** The number of the poll that tells of what happens now. */
    int telling() {
        return inPoll ? polls : polls + 1;
    }

    /** Sets what is done when nothing is going to happen unless somebody comes from outside. */
    void whenAtRest(Runnable action) {
        atRest = action;
    }

    /** Sets what is done whenever everything that has happened so far has been dealt with. */
    void beforeRest(Runnable action) {
        beforeRest = action;
    }

    int poll(PollSet set, long timeoutMillis) {
        if (++calls > limit) {
            throw simulation.end(SimEnd.Cause.TOO_LONG);
        }
        if (simulation.faults.strikes(Faults.Kind.INTERRUPT)) {
            return -Errno.EINTR;
        }
        if (timeoutMillis == 0 && set.size() == 1) {
            // A look whether one descriptor is ready, and no turn of a loop.
            return mark(set);
        }
        beforeTurn();
        inPoll = true;
        try {
            return await(
                    set, timeoutMillis < 0 ? Simulation.NEVER : simulation.now() + timeoutMillis, timeoutMillis > 0);
        } finally {
            inPoll = false;
        }
    }

    private int await(PollSet set, long deadline, boolean waited) {
        while (true) {
            simulation.catchUp();
            int found = mark(set);
            if (found == 0) {
                beforeRest.run();
                found = mark(set);
            }
            if (found > 0) {
                oversleep(set);
                return mark(set);
            }
            long next = simulation.next();
            if (next > deadline) {
                simulation.advanceTo(deadline);
                oversleep(set);
                int late = mark(set);
                effectsAtTimeout = late == 0 && waited ? effects : -1;
                return late;
            }
            if (deadline == Simulation.NEVER && simulation.quiet()) {
                atRest.run();
            }
            if (next == Simulation.NEVER) {
                throw simulation.end(SimEnd.Cause.AT_REST);
            }
            simulation.advanceTo(next);
        }
    }

    private void oversleep(PollSet set) {
        if (set.size() > 0 && simulation.faults.strikes(Faults.Kind.LATE_WAKE)) {
            simulation.oversleep(simulation.faults.extent(100));
        }
    }

    private void beforeTurn() {
        if (effectsAtTimeout == effects) {
            idleWakes++;
            simulation.trace("poll was over and nothing came of it");
        }
        effectsAtTimeout = -1;
        for (SimProcess child : processes.init().children) {
            if (child.noticed <= polls && released < FLOOD) {
                simulation.violation(child + " is still a zombie after a turn");
            }
        }
        released = 0;
        polls++;
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
