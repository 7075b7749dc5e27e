package dev.pintle.init.sim;

/** Ends a simulation from inside a call of the supervisor, as nothing that it may catch. */
final class SimEnd extends Error {
    private static final long serialVersionUID = 1L;

    /** Why it ends. */
    enum Cause {
        /** The supervisor has exited. */
        EXITED,
        /** It waits, and nothing is ever going to happen. */
        AT_REST,
        /** It has gone round too often. */
        TOO_LONG
    }

    final Cause why;

    SimEnd(Cause why) {
        super(why.toString(), null, false, false);
        this.why = why;
    }
}
