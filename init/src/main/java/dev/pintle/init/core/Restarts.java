package dev.pintle.init.core;

import dev.pintle.layout.ServiceDefinition.RestartPolicy.RestartLimit;
import java.util.Arrays;

/** When a service was restarted without anybody having asked for it: the latest times, as many as a limit can count. */
final class Restarts {
    private static final int FIRST_SIZE = 8;

    private long[] times = new long[FIRST_SIZE];
    /** Where the next one goes. */
    private int next;

    private int size;

    void add(long now) {
        if (next == times.length && times.length < RestartLimit.HIGHEST) {
            times = Arrays.copyOf(times, Math.min(times.length * 2, RestartLimit.HIGHEST));
        }
        next = next == times.length ? 0 : next;
        times[next] = now;
        next++;
        size = Math.min(size + 1, times.length);
    }

    /** How many there were after a time. */
    int after(long time) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += times[i] > time ? 1 : 0;
        }
        return count;
    }
}
