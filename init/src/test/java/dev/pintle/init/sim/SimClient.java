package dev.pintle.init.sim;

import dev.pintle.init.sys.RawText;

/** The other side of a connection to the supervisor, in the hands of a test. */
final class SimClient {
    private final SimSocket socket;
    private final StringBuilder received = new StringBuilder();
    private boolean ended;

    SimClient(SimSocket socket) {
        this.socket = socket;
        socket.hold();
    }

    /** Sends what fits; gives how many bytes that was, or a negated errno. */
    int send(String text) {
        byte[] bytes = RawText.encode(text);
        return socket.write(bytes, 0, bytes.length);
    }

    /** Reads all that is there, and keeps none of it. */
    String take() {
        receive();
        String taken = received.toString();
        received.setLength(0);
        return taken;
    }

    /** Reads all that is there; gives all that has come and was not taken. */
    String receive() {
        byte[] buffer = new byte[1024];
        int count = socket.read(buffer, 0, buffer.length);
        while (count > 0) {
            received.append(RawText.decode(buffer, 0, count));
            count = socket.read(buffer, 0, buffer.length);
        }
        ended |= count == 0;
        return received.toString();
    }

    /** Whether the supervisor has closed its end, as far as {@link #receive} has seen. */
    boolean ended() {
        return ended;
    }

    /** Hangs up. */
    void close() {
        socket.drop();
    }
}
