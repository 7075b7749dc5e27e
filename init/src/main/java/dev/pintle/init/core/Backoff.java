package dev.pintle.init.core;

import dev.pintle.layout.ServiceDefinition.RestartPolicy;

/** How long to wait after failed starts. */
final class Backoff {
    private static final long FIRST = 1_000;
    /** Doublings after which any sane {@code backoff_max} is reached; keeps the shift from overflowing. */
    private static final int MAX_DOUBLINGS = 32;

    private Backoff() {}

    /**
     * The wait in milliseconds before the next start.
     *
     * @param failures how many starts have failed in a row, at least 1
     */
    static long delay(RestartPolicy policy, int failures) {
        long grown = switch (policy.backoff()) {
            case NONE -> FIRST;
            case LINEAR -> FIRST * failures;
            case EXPONENTIAL -> FIRST << Math.min(failures - 1, MAX_DOUBLINGS);
        };
        return Math.min(grown, policy.backoffMax());
    }
}
