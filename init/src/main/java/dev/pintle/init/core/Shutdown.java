package dev.pintle.init.core;

/**
 * The end of the container: whether it has begun, how much of its budget is left, and what code it has.
 *
 * <p>The budget is the layout's {@code shutdown_grace_period}. In its last tenth (at most {@link #LONGEST_RESERVE})
 * whatever is left is killed; at its very end the init exits, whatever the kernel still holds.
 */
final class Shutdown {

    /** How far it is. */
    enum Phase {
        /** Nothing has been asked. */
        NONE,
        /** Services go down in order. */
        STOPPING,
        /** Services are down; strangers go. */
        SWEEPING,
        /** The init has been told to exit. */
        OVER
    }

    private static final long LONGEST_RESERVE = 500;
    /** How long strangers have between TERM and KILL. */
    private static final long SWEEP_GRACE = 2_000;

    Phase phase = Phase.NONE;
    /** Whether everything left has been killed. */
    boolean killed;
    /** When everything left is killed. */
    long killAt = Service.NEVER;
    /** When the init exits whatever is left. */
    long exitAt = Service.NEVER;

    /** The code that a user asked for, or -1. */
    private int requestedCode = -1;
    /** The code of what ended the container by its own end, or -1. */
    private int causeCode = -1;

    boolean begun() {
        return phase != Phase.NONE;
    }

    /** Begins the stop; a later call changes nothing but a code that is asked for. */
    void begin(int requestedCode, int causeCode, long budget, long now) {
        if (requestedCode >= 0) {
            this.requestedCode = requestedCode;
        }
        if (begun()) {
            return;
        }
        this.causeCode = causeCode;
        phase = Phase.STOPPING;
        exitAt = now + budget;
        killAt = exitAt - Math.min(LONGEST_RESERVE, budget / 10);
    }

    /** Begins to send strangers away. */
    void beginSweep(long now) {
        phase = Phase.SWEEPING;
        killAt = Math.min(killAt, now + SWEEP_GRACE);
    }

    /** When something is due by time alone. */
    long deadline() {
        if (phase == Phase.NONE || phase == Phase.OVER) {
            return Service.NEVER;
        }
        return killed ? exitAt : killAt;
    }

    /**
     * The container's exit code.
     *
     * @param fromService the code of {@code exit_code_from}, or -1 where it is not set or has not ended
     * @param main        main's code, or -1 where there is none or it has not ended
     */
    int exitCode(int fromService, int main) {
        if (requestedCode >= 0) {
            return requestedCode;
        }
        if (fromService >= 0) {
            return fromService;
        }
        if (main >= 0) {
            return main;
        }
        return Math.max(causeCode, 0);
    }
}
