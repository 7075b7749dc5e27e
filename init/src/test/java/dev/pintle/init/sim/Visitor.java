package dev.pintle.init.sim;

import org.jspecify.annotations.Nullable;

/** A client of the control socket, and seldom a good one. */
final class Visitor {
    static final String SOCKET = "/run/control";
    private static final String REQUEST = "{\"pintle\":1,\"do\":\"status\"}\n";
    private static final String CHUNK = "x".repeat(4000);
    private static final int STRANGER_ID = 4242;
    private static final int OFTEN = 30;
    /** Answers come at once, unless something keeps the supervisor from it. */
    private static final long PATIENCE = 500;

    private static final long NEWS = 100;

    /** What a client does. */
    enum Manner {
        /** Asks, and reads the answer. */
        ASKS,
        /** Sends what is no request, and reads what is said to that. */
        BROKEN,
        /** Is somebody else's, and reads what is said to that. */
        STRANGER,
        /** Sends half a request and goes. */
        HALF,
        /** Asks and goes before it is answered. */
        HANGS_UP,
        /** Asks again and again, reads nothing and stays. */
        NEVER_READS,
        /** Sends one request without an end, and stays. */
        ENDLESS
    }

    private final SimSys sys;
    private final Manner manner;
    private @Nullable SimClient client;
    private int sent;
    private long goneAt = Simulation.NEVER;

    Visitor(SimSys sys, Manner manner) {
        this.sys = sys;
        this.manner = manner;
    }

    /** Whether it keeps a connection, or has had one so shortly ago that the supervisor may not know that it is gone. */
    boolean stays() {
        return client != null && (goneAt == Simulation.NEVER || sys.simulation.now() - goneAt <= NEWS);
    }

    void come() {
        SimClient connected = sys.sockets.connectFromOutside(SOCKET, manner == Manner.STRANGER ? STRANGER_ID : 0);
        if (connected == null) {
            return;
        }
        client = connected;
        sys.simulation.trace("a client comes that " + manner);
        switch (manner) {
            case ASKS, STRANGER -> sendAndWait(connected, REQUEST);
            case BROKEN -> sendAndWait(connected, "{\"pintle\":1,]\n");
            case HALF -> sendAndWait(connected, REQUEST.substring(0, REQUEST.length() / 2));
            case HANGS_UP -> {
                connected.send(REQUEST);
                leave(connected);
            }
            case NEVER_READS -> goOn(connected, REQUEST);
            case ENDLESS -> goOn(connected, CHUNK);
        }
    }

    private void sendAndWait(SimClient connected, String text) {
        connected.send(text);
        sys.simulation.after(PATIENCE, () -> {
            judge(connected.receive());
            leave(connected);
        });
    }

    private void goOn(SimClient connected, String text) {
        connected.send(text);
        if (++sent < OFTEN) {
            sys.simulation.after(10, () -> goOn(connected, text));
        }
    }

    private void judge(String answer) {
        boolean answered = switch (manner) {
            case ASKS -> answer.contains("\"ok\":true") && answer.endsWith("\n");
            case BROKEN -> answer.contains("malformed") && answer.endsWith("\n");
            case STRANGER -> answer.contains("forbidden");
            case HALF, HANGS_UP, NEVER_READS, ENDLESS -> true;
        };
        // Where the supervisor is given no processor or no descriptor, it cannot.
        boolean hindered =
                sys.simulation.lag() > 0 || !sys.descriptors.hasRoomFor(2) || sys.simulation.faults.happened() > 0;
        if (!answered && !hindered) {
            sys.simulation.violation("a client that " + manner + " is answered " + answer);
        }
    }

    private void leave(SimClient connected) {
        goneAt = sys.simulation.now();
        connected.close();
    }
}
