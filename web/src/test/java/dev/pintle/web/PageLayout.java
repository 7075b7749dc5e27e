package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A container with a service {@code app} and the page, which is ready. */
final class PageLayout implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Installed installed;
    private final Process init;
    private final int port;

    /**
     * Starts it.
     *
     * @param settings more lines of {@code [web]}
     */
    PageLayout(Path layout, String settings) throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Files.writeString(
                layout.resolve("pintle.conf"),
                "[web]\nlisten = 127.0.0.1:" + port + (settings.startsWith(",") ? "" : "\n") + settings);
        if (!Files.exists(layout.resolve("services/app"))) {
            service(layout, "app", "command = sleep 1000\n");
        }
        installed = Installed.in(layout);
        init = installed.start();
        assertTrue(installed.pintle("wait pintle-web app --timeout 20s").code() == 0, "it is ready");
    }

    /** Writes a service. */
    static void service(Path layout, String name, String text) throws IOException {
        Path file = layout.resolve("services/" + name + "/service.conf");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The programs. */
    Installed installed() {
        return installed;
    }

    /** The init's. */
    Process init() {
        return init;
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    /** The process of pintle-web; 0 while there is none. */
    long pid() {
        for (ProcessHandle child : init.children().toList()) {
            if (command(child.pid()).contains("pintle-web\0serve\0")) {
                return child.pid();
            }
        }
        return 0;
    }

    private static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException e) {
            // It has ended.
            return "";
        }
    }

    /** Asks. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return getAt(port, path, headers);
    }

    /** Asks at another port. */
    HttpResponse<String> getAt(int port, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Asks for a change. */
    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Follows something: the lines as they come, until {@link Follower#close}. */
    Follower follow(String path, String... headers) throws IOException {
        return new Follower(port, path, headers);
    }

    @Override
    public void close() {
        init.destroy();
        try {
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
