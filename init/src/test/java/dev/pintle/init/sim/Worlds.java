package dev.pintle.init.sim;

/** Many worlds, one after another. */
public final class Worlds {
    private Worlds() {}

    /** The first of {@code count} seeds from {@code first} on whose world breaks the rules, or -1. */
    public static long firstFailure(long first, long count) {
        for (long seed = first; seed < first + count; seed++) {
            if (!new WorldRun(WorldGenerator.make(seed), false).run().isEmpty()) {
                return seed;
            }
        }
        return -1;
    }
}
