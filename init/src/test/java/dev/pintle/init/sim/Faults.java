package dev.pintle.init.sim;

import java.util.ArrayList;
import java.util.List;

/** What goes wrong without the supervisor's doing: by a rate, drawn from a seed, or exactly the n-th time, by plan. */
final class Faults {

    /** What can go wrong. */
    enum Kind {
        /** fork: EAGAIN, the limit of processes. */
        FORK_AGAIN,
        /** fork: ENOMEM. */
        FORK_MEMORY,
        /** The pipe of a child's set-up cannot be made: EMFILE. */
        SPAWN_PIPE,
        /** The pipe or socket of a service's readiness cannot be made: EMFILE. */
        PIPE,
        /** A read from a socket gives less than there is; what a pipe was given at once it gives at once (pipe(7)). */
        SHORT_READ,
        /** A write takes less than fits. */
        SHORT_WRITE,
        /** poll: EINTR. */
        INTERRUPT,
        /** SIGCHLD is seen some time after the child can be waited for. */
        LATE_CHILD_SIGNAL,
        /** The machine is busy: poll returns late. */
        LATE_WAKE,
        /** accept: EMFILE. */
        ACCEPT,
        /** getrandom: ENOSYS. */
        RANDOM
    }

    private record Planned(Kind kind, int nth) {}

    private static final int KINDS = Kind.values().length;

    private final SplitMix64 random;
    private final int[] perMille = new int[KINDS];
    private final int[] asked = new int[KINDS];
    private final List<Planned> plan = new ArrayList<>();
    private int happened;

    Faults(long seed) {
        random = new SplitMix64(seed);
    }

    /** Nothing goes wrong. */
    static Faults none() {
        return new Faults(0);
    }

    /** Has a fault happen in so many of a thousand cases. */
    Faults rate(Kind kind, int rate) {
        perMille[index(kind)] = rate;
        return this;
    }

    /** Has a fault happen the n-th time that it can, counted from 1. */
    Faults plan(Kind kind, int nth) {
        plan.add(new Planned(kind, nth));
        return this;
    }

    /** Stops all faults that are drawn by a rate. */
    void calm() {
        java.util.Arrays.fill(perMille, 0);
    }

    /** Whether the fault happens now. */
    boolean strikes(Kind kind) {
        int index = index(kind);
        asked[index]++;
        boolean strikes = perMille[index] > 0 && random.below(1000) < perMille[index];
        for (int i = 0; i < plan.size(); i++) {
            strikes |= plan.get(i).kind == kind && plan.get(i).nth == asked[index];
        }
        if (strikes) {
            happened++;
        }
        return strikes;
    }

    /** How large it is: from 1 to {@code most}. */
    int extent(int most) {
        return random.between(1, most);
    }

    /** How many faults have happened. */
    int happened() {
        return happened;
    }

    @SuppressWarnings("EnumOrdinal")
    private static int index(Kind kind) {
        return kind.ordinal();
    }
}
