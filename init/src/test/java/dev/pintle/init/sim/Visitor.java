package dev.pintle.init.sim;

import org.jspecify.annotations.Nullable;

/** A client of the control socket. */
abstract class Visitor {
    static final String SOCKET = "/run/control";
    /** Answers come at once, unless something keeps the supervisor from it. */
    static final long PATIENCE = 500;

    private static final int STRANGER_ID = 4242;
    /** Of no process that is simulated. */
    private static final int VISITOR_PID = 1_000_000;
    /** More than any world needs. */
    private static final int ENOUGH_DESCRIPTORS = 200;

    private static final long NEWS = 100;

    /** What a client does. */
    enum Manner {
        /** Asks, and reads the answer. */
        ASKS,
        /** Sends what is no request, and reads what is said to that. */
        BROKEN,
        /** Is somebody else's, and reads what is said to that. */
        STRANGER,
        /** Is of another container, and reads what is said to that. */
        NEIGHBOUR,
        /** Sends half a request and goes. */
        HALF,
        /** Asks and goes before it is answered. */
        HANGS_UP,
        /** Asks again and again, reads nothing and stays. */
        NEVER_READS,
        /** Sends one request without an end, and stays. */
        ENDLESS,
        /** Wants to hear of everything. */
        SUBSCRIBES,
        /** Waits for a service to come to a state. */
        WAITS
    }

    final SimSys sys;
    private final Manner manner;
    private @Nullable SimClient client;
    private long goneAt = Simulation.NEVER;

    Visitor(SimSys sys, Manner manner) {
        this.sys = sys;
        this.manner = manner;
    }

    final Manner manner() {
        return manner;
    }

    /** Whether it keeps a connection, or has had one so shortly ago that the supervisor may not know that it is gone. */
    final boolean stays() {
        return client != null && (goneAt == Simulation.NEVER || sys.simulation.now() - goneAt <= NEWS);
    }

    final void come() {
        client = sys.sockets.connectFromOutside(
                SOCKET, manner == Manner.NEIGHBOUR ? 0 : VISITOR_PID, manner == Manner.STRANGER ? STRANGER_ID : 0);
        if (client != null) {
            sys.simulation.trace("a client comes that " + manner);
            begin(client);
        }
    }

    /** It is connected. */
    abstract void begin(SimClient connected);

    /** A service is about to change: what time alone had made of it until now is still true. */
    void changes(Ledger ledger) {}

    /** A service has changed, and the supervisor has told nobody so far. */
    void changed(Ledger ledger) {}

    /** The supervisor has ended a turn. */
    void lookOn() {}

    /** The supervisor is gone. */
    void judgeEnd() {}

    /** Whether the supervisor may not be able to answer: it is given no processor or no descriptor. */
    final boolean hindered() {
        return sys.simulation.lag() > 0 || !sys.descriptors.hasRoomFor(2) || sys.simulation.faults.happened() > 0;
    }

    /** Whether it may be answered so: where there is no descriptor for it, the supervisor says that it is busy. */
    final boolean mayBeTurnedAway(String answer) {
        boolean busy = answer.contains("\"busy\"") && sys.descriptors.limit() < ENOUGH_DESCRIPTORS;
        return busy || hindered();
    }

    final void violation(String what) {
        sys.simulation.violation("a client that " + manner + " " + what);
    }

    final void leave(SimClient connected) {
        goneAt = sys.simulation.now();
        connected.close();
    }
}
