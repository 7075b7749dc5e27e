package dev.pintle.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both tarballs, unpacked over each other as ADD does it, are a container with a status page. */
final class UnpackedIT {
    @TempDir
    private Path root = Path.of("/nonexistent");

    @Test
    void thePageOfTheOneIsStartedByTheInitOfTheOther() throws IOException, InterruptedException {
        unpack("overlay");
        int port = port();
        Path services = root.resolve("etc/pintle/services");
        Files.createDirectories(services.resolve("app"));
        Files.writeString(services.resolve("app/service.conf"), "command = sleep 1000\n");
        Files.writeString(root.resolve("etc/pintle/pintle.conf"), "[web]\nlisten = 127.0.0.1:" + port + "\n");
        String without = run(1, "usr/bin/pintle", "check");
        assertTrue(without.contains("ADD pintle-web-VERSION-ARCH.tar.gz"), without);
        unpack("web");
        run(0, "usr/bin/pintle", "check");
        Process init =
                builder(List.of(root.resolve("init").toString())).inheritIO().start();
        try {
            for (int i = 0; i < 400 && init.isAlive() && !Files.exists(root.resolve("control")); i++) {
                Thread.sleep(50);
            }
            run(0, "usr/bin/pintle", "wait", "pintle-web", "app", "--timeout", "30s");
            String page = get(port, "/");
            assertTrue(page.contains("<td>app<td class=ready>ready"), page);
            assertEquals("healthy\n", get(port, "/health"));
        } finally {
            init.destroy();
            assertTrue(init.waitFor(30, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, init.exitValue());
    }

    private void unpack(String name) throws IOException, InterruptedException {
        String tarball = "target/pintle-" + name + "-" + System.getProperty("tarball.version") + ".tar.gz";
        Process tar = new ProcessBuilder("tar", "-xzf", tarball, "--no-same-owner", "-C", root.toString())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
    }

    private static int port() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        return response.body();
    }

    private String run(int code, String program, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve(program).toString()));
        command.addAll(List.of(words));
        Process process = builder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), output);
        return output;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", root.resolve("usr/bin") + ":" + environment.get("PATH"));
        environment.put("PINTLE_DIR", root.resolve("etc/pintle").toString());
        environment.put("PINTLE_CONTROL", root.resolve("control").toString());
        return builder;
    }
}
