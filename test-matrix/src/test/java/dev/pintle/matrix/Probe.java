package dev.pintle.matrix;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How to see from outside that a service does its work. */
interface Probe {

    /** Whether the service in this container works right now. */
    boolean passes(PintleContainer container) throws IOException, InterruptedException;

    /** The port that the service serves, if it serves one. */
    default Optional<Integer> port() {
        return Optional.empty();
    }

    /** Nothing to see but its process. */
    static Probe none() {
        return container -> true;
    }

    /** Writes the file anew at least every two seconds. */
    static Probe changingFile(String path) {
        return container -> {
            String before = container.exec("cat", path).output();
            Thread.sleep(2000);
            String after = container.exec("cat", path).output();
            return !after.isEmpty() && !after.equals(before);
        };
    }

    /** Answers a GET of / with a text. */
    static Probe http(int port, String text) {
        return new TcpProbe(port, "GET / HTTP/1.0\r\n\r\n", text);
    }

    /** Answers PING. */
    static Probe redis(int port) {
        return new TcpProbe(port, "PING\r\nQUIT\r\n", "+PONG");
    }

    /**
     * Sends a request to a port and looks for a text in what comes back until the other side closes.
     *
     * @param number the port, as it is inside the container
     */
    record TcpProbe(int number, String request, String expected) implements Probe {

        private static final int TIMEOUT_MILLIS = 2000;

        @Override
        public Optional<Integer> port() {
            return Optional.of(number);
        }

        @Override
        public boolean passes(PintleContainer container) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(container.getHost(), container.getMappedPort(number)), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return answer.contains(expected);
            } catch (IOException e) {
                // Nobody listens yet, or the proxy closed since nobody does behind it.
                return false;
            }
        }
    }
}
