package dev.pintle.init.sim;

/** A client that comes for one thing, and seldom a good one. */
final class CasualVisitor extends Visitor {
    private static final String REQUEST = "{\"pintle\":1,\"do\":\"status\"}\n";
    private static final String CHUNK = "x".repeat(4000);
    private static final int OFTEN = 30;

    private int sent;

    CasualVisitor(SimSys sys, Manner manner) {
        super(sys, manner);
    }

    @Override
    void begin(SimClient connected) {
        switch (manner()) {
            case ASKS, STRANGER, NEIGHBOUR -> sendAndWait(connected, REQUEST);
            case BROKEN -> sendAndWait(connected, "{\"pintle\":1,]\n");
            case HALF -> sendAndWait(connected, REQUEST.substring(0, REQUEST.length() / 2));
            case HANGS_UP -> {
                connected.send(REQUEST);
                leave(connected);
            }
            case NEVER_READS -> goOn(connected, REQUEST);
            case ENDLESS -> goOn(connected, CHUNK);
            case SUBSCRIBES, WAITS -> throw new IllegalArgumentException("it is no casual visitor's to " + manner());
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
        boolean answered = switch (manner()) {
            case ASKS -> answer.contains("\"ok\":true") && answer.endsWith("\n");
            case BROKEN -> answer.contains("malformed") && answer.endsWith("\n");
            case STRANGER, NEIGHBOUR -> answer.contains("forbidden");
            case HALF, HANGS_UP, NEVER_READS, ENDLESS, SUBSCRIBES, WAITS -> true;
        };
        if (!answered && !mayBeTurnedAway(answer)) {
            violation("is answered " + answer);
        }
    }
}
