package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of replies that an init gives when it is in need, or has much to tell. */
class RepliesIT {
    private static final String BUSY =
            "{\"pintle\":1,\"ok\":false,\"error\":\"busy\",\"message\":\"cannot serve another client: no descriptor is left\"}";

    @TempDir
    private Path directory = Path.of("/nonexistent");

    private int port;
    private @Nullable Process web;
    private @Nullable FakeInit init;

    @BeforeEach
    void choosePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        FakeInit fake = init;
        if (fake != null) {
            fake.close();
        }
        Process process = web;
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }

    private void serve() throws IOException, InterruptedException {
        Process process = Installed.in(directory).startWeb("serve --listen " + port);
        web = process;
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            try {
                connect().close();
                return;
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        throw new IOException("it does not listen");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String answer(String path) throws IOException {
        try (Socket socket = connect()) {
            ask(socket, path);
            return answer(socket);
        }
    }

    /** A container without services looks well to whoever watches it. */
    @Test
    void aRefusalIsNoContainerWithoutServices() throws IOException, InterruptedException {
        init = new FakeInit(directory, BUSY);
        serve();
        for (String path : new String[] {"/metrics", "/health", "/status", "/"}) {
            String answer = answer(path);
            assertTrue(answer.startsWith("HTTP/1.1 503 "), path + ": " + answer);
            assertTrue(answer.contains("no descriptor is left"), path + ": " + answer);
        }
    }

    @Test
    void metricsThatAreRefusedAreNotPrinted() throws IOException, InterruptedException {
        Installed installed = Installed.in(directory);
        init = new FakeInit(directory, BUSY);
        Installed.Said said = installed.web("metrics");
        assertEquals(1, said.code());
        assertEquals("pintle-web: cannot serve another client: no descriptor is left\n", said.output());
    }

    /** Who has connected first may ask last, and has not had the time to take its answer. */
    @Test
    void whoWasJustAnsweredDoesNotMakeRoom() throws IOException, InterruptedException {
        String much = "x".repeat(3_200_000);
        init = new FakeInit(directory, "{\"pintle\":1,\"ok\":true,\"services\":[{\"name\":\"" + much + "\"}]}");
        serve();
        try (Socket first = connect();
                Socket second = connect()) {
            ask(second, "/status");
            assertTrue(second.getInputStream().read() >= 0, "it is answered");
            ask(first, "/status");
            String answer = answer(first);
            assertTrue(answer.length() > much.length(), "it gets all: " + answer.length());
        }
    }
}
