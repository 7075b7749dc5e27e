package dev.pintle.init.sim;

/**
 * A small generator of random numbers (Steele, Lea and Flood, OOPSLA 2014): the same seed gives the same numbers in
 * every Java release.
 */
public final class SplitMix64 {
    private long state;

    /** Begins with a seed. */
    public SplitMix64(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    /** Spreads a number over all 64 bits. */
    static long mix(long number) {
        long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 to {@code bound} - 1. */
    public int below(int bound) {
        return (int) ((next() >>> 33) % bound);
    }

    /** A number from {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** True in {@code percent} of a hundred cases. */
    public boolean chance(int percent) {
        return below(100) < percent;
    }

    /** One of several. */
    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }
}
