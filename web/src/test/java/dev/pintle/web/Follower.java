package dev.pintle.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Somebody who follows a stream over HTTP. */
final class Follower implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader reader;

    Follower(int port, String path, String... headers) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The lines up to one that is looked for. */
    List<String> until(Predicate<String> found) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (found.test(line)) {
                return lines;
            }
        }
        throw new IOException("it ends after " + lines);
    }

    /** All lines up to the end. */
    List<String> rest() throws IOException {
        return reader.lines().toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
