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
    /** The code of a process that KILL has ended, as a shell has it. */
    private static final int KILLED = 137;

    Phase phase = Phase.NONE;
    /** Whether everything left has been killed. */
    boolean killed;
    /** Whether services, or what they have left, were among that. */
    boolean killedServices;
    /** When services are told to stop; {@link Service#NEVER} where they have been. */
    long stopAt = Service.NEVER;
    /** For how long main goes on after that. */
    long mainDelay;
    /** When main is told, where it goes on; {@link Service#NEVER} where it does not. */
    long mainStopAt = Service.NEVER;
    /** When everything left is killed. */
    long killAt = Service.NEVER;
    /** When the init exits whatever is left. */
    long exitAt = Service.NEVER;

    /** The code where main has not run by the time of the stop, and no service's end has a say. */
    int unrunCode;

    /** The code that a user asked for, or -1. */
    private int requestedCode = -1;
    /** The code of what ended the container by its own end, or -1. */
    private int causeCode = -1;

    boolean begun() {
        return phase != Phase.NONE;
    }

    /** Whether no service's end is its cause. */
    boolean asked() {
        return causeCode < 0;
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

    /** There is nothing that delays were for any more. */
    void hurry(long now) {
        stopAt = stopAt == Service.NEVER ? stopAt : now;
        mainDelay = 0;
        mainStopAt = mainStopAt == Service.NEVER ? mainStopAt : now;
    }

    /** Begins to send strangers away; they have what is left of the budget. */
    void beginSweep() {
        phase = Phase.SWEEPING;
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
     * @param killedLate  whether a service had to be killed in this stop for its own grace period
     */
    int exitCode(int fromService, int main, boolean killedLate) {
        if (requestedCode >= 0) {
            return requestedCode;
        }
        int code = codeOfAnEnd(fromService, main);
        if (code < 0) {
            return killedServices || killedLate ? KILLED : unrunCode;
        }
        return code == 0 && killedServices ? KILLED : code;
    }

    /** -1 where no service's end has a say. */
    private int codeOfAnEnd(int fromService, int main) {
        if (fromService >= 0) {
            return fromService;
        }
        if (main >= 0) {
            return main;
        }
        return causeCode;
    }
}
