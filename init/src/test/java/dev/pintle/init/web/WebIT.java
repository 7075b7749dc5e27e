package dev.pintle.init.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status page of {@code [web]}, as a browser meets it. */
class WebIT {
    private static final String ADMIN =
            "Basic " + Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.UTF_8));

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path layout = Path.of("/nonexistent");

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private @Nullable Process init;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Files.writeString(
                layout.resolve("pintle.conf"),
                "[web]\nlisten = 127.0.0.1:" + port + "\nusername = admin\npassword_file = " + layout + "/password\n");
        Files.writeString(layout.resolve("password"), "secret\n");
        Path service = layout.resolve("services/app/service.conf");
        Files.createDirectories(service.getParent());
        Files.writeString(service, "command = sleep 1000\n");
        Path program = Files.copy(Programs.BINARY, layout.resolve("init"));
        assertTrue(program.toFile().setExecutable(true));
        ProcessBuilder builder = new ProcessBuilder(program.toString()).inheritIO();
        builder.environment().put("PINTLE_DIR", layout.toString());
        builder.environment().put("PINTLE_CONTROL", layout.resolve("control").toString());
        init = builder.start();
        for (int i = 0; i < 200 && !answers(); i++) {
            Thread.sleep(50);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/health", "").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        Process process = init;
        if (process != null) {
            process.destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
    }

    private HttpResponse<String> get(String path, String authorization) throws IOException, InterruptedException {
        return client.send(request(path, authorization).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, ADMIN).POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    @Test
    void whoKnowsThePasswordSeesAndActs() throws IOException, InterruptedException {
        String page = get("/", ADMIN).body();
        assertTrue(page.contains("<td>app<td class=ready>ready"), page);
        assertTrue(get("/status", ADMIN).body().contains("\"name\":\"app\""));
        int at = page.indexOf("name=token value=") + "name=token value=".length();
        String token = page.substring(at, page.indexOf('>', at));
        String before = get("/status", ADMIN).body();
        assertEquals(303, post("/services/app/restart", "token=" + token).statusCode());
        String after = before;
        for (int i = 0; i < 200 && !after.contains("\"starts\":2"); i++) {
            Thread.sleep(50);
            after = get("/status", ADMIN).body();
        }
        assertTrue(after.contains("\"starts\":2"), after);
        assertEquals(409, post("/services/none/stop", "token=" + token).statusCode());
        assertEquals(404, post("/services/app/explode", "token=" + token).statusCode());
    }

    @Test
    void strangersSeeNothingAndOtherSitesPressNoButton() throws IOException, InterruptedException {
        assertEquals(401, get("/", "").statusCode());
        assertEquals(401, get("/status", ADMIN + "x").statusCode());
        assertEquals(403, post("/services/app/stop", "token=guess").statusCode());
        assertEquals(404, get("/etc/passwd", ADMIN).statusCode());
        assertEquals(200, get("/health", "").statusCode());
        assertEquals("healthy\n", get("/health", "").body());
    }

    @Test
    void whoSendsNonsenseOrNothingHoldsUpNobody() throws IOException, InterruptedException {
        try (Socket silent = new Socket(LOOPBACK, port);
                Socket nonsense = new Socket(LOOPBACK, port)) {
            nonsense.getOutputStream().write("x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] answer = nonsense.getInputStream().readAllBytes();
            assertTrue(new String(answer, StandardCharsets.UTF_8).startsWith("HTTP/1.1 400 "));
            assertEquals(200, get("/", ADMIN).statusCode());
            assertEquals(-1, silent.getInputStream().read(), "it is shown out in the end");
        }
    }
}
