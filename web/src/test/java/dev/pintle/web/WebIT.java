package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private @Nullable Installed installed;
    private @Nullable Process init;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Files.writeString(
                layout.resolve("pintle.conf"),
                "[web]\nlisten = 127.0.0.1:" + port + "\nusername = admin\npassword_file = " + layout
                        + "/password\nallowed_hosts = status.example.com\n");
        Files.writeString(layout.resolve("password"), "secret\n");
        Path service = layout.resolve("services/app/service.conf");
        Files.createDirectories(service.getParent());
        Files.writeString(service, "command = sleep 1000\n");
        installed = Installed.in(layout);
        init = installed.start();
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
        assertTrue(page.contains("All is well with 2 services."), page);
        assertTrue(page.contains("<script src=/page.js defer>"), page);
        HttpResponse<String> script = get("/page.js", "");
        assertEquals(200, script.statusCode());
        assertEquals(
                "text/javascript; charset=utf-8",
                script.headers().firstValue("content-type").orElse(""));
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
        assertEquals(404, post("/services/none/stop", "token=" + token).statusCode());
        assertEquals(404, post("/services/app/explode", "token=" + token).statusCode());
    }

    /** What has ended, and why, is there, of what runs again too; loggers are not, as in {@code pintle status}. */
    @Test
    void thePageTellsHowRunsHaveEnded() throws IOException, InterruptedException {
        PageLayout.service(layout, "dead", "command = sh -c 'sleep 1; exit 3'\nrestart = no\n");
        PageLayout.service(layout, "needy", "command = sleep 1000\ndepends_on = dead\n");
        PageLayout.service(layout, "logged", "command = sleep 1000\n[stdout]\nprefix = yes\n");
        pintle("reload");
        pintle("signal app KILL");
        String page = get("/", ADMIN).body();
        for (int i = 0; i < 200 && !(page.contains("SIGKILL") && page.contains("2 of 5 services need a look.")); i++) {
            Thread.sleep(50);
            page = get("/", ADMIN).body();
        }
        assertTrue(page.contains("<td>1 restart, the last "), page);
        assertTrue(page.contains(" ago: killed by SIGKILL after "), page);
        assertTrue(page.contains("<td>dead<td class=failed>failed<td>"), page);
        assertTrue(page.contains("2 of 5 services need a look."), page);
        assertTrue(page.contains("<td>exited with code 3 after 1"), page);
        assertTrue(page.contains("<td>needy<td class=troubled>ready<td>"), page);
        assertTrue(page.contains("<td>depends on dead, which has failed"), page);
        assertTrue(page.contains("<td>logged<td class=ready>"), page);
        assertFalse(page.contains("<td>logged/log"), page);
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

    /** A browser does not let a site choose what it says in Host; other programs do. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String under(String host, String path) throws IOException {
        return raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: " + ADMIN + "\r\n\r\n");
    }

    @Test
    void aNameThatLeadsHereByChanceOrByDesignIsNotServed() throws IOException {
        for (String host : List.of(
                "127.0.0.1:" + port,
                "localhost",
                "LocalHost:1",
                "[::1]:9",
                "10.0.0.7",
                "page.localhost",
                "status.example.com",
                "Status.Example.com.:80")) {
            assertTrue(under(host, "/").startsWith("HTTP/1.1 200 "), host);
        }
        for (String host : List.of(
                "evil.example",
                "evil.example:" + port,
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "1.2.3",
                "status.example.com.evil.example",
                "[evil]",
                "evil.example\r\nHost: localhost")) {
            for (String path : List.of("/", "/status")) {
                String answer = under(host, path);
                assertTrue(
                        answer.startsWith("HTTP/1.1 421 ") || answer.startsWith("HTTP/1.1 400 "), host + ": " + answer);
                assertFalse(answer.contains("<td>app") || answer.contains("\"app\""), answer);
            }
        }
        String page = under("localhost", "/");
        int at = page.indexOf("name=token value=") + "name=token value=".length();
        String token = "token=" + page.substring(at, page.indexOf('>', at));
        String press = raw("POST /services/app/stop HTTP/1.1\r\nHost: evil.example\r\nAuthorization: " + ADMIN
                + "\r\nContent-Length: " + token.length() + "\r\n\r\n" + token);
        assertTrue(press.startsWith("HTTP/1.1 421 "), press);
    }

    /** Whoever probes by a name of its own learns whether, and a stranger not why. */
    @Test
    void aProbeIsAnsweredUnderAnyNameAndToldReasonsUnderKnownOnes() throws IOException, InterruptedException {
        assertTrue(under("app.default.svc", "/health").startsWith("HTTP/1.1 200 "));
        pintle("stop app");
        pintle("signal app KILL");
        Files.writeString(
                layout.resolve("services/app/service.conf"), "command = /none\nrestart = no\nstart_retries = 0\n");
        pintle("reload --no-wait");
        pintle("start app");
        assertTrue(under("localhost", "/health").contains("app has failed"));
        String answer = under("app.default.svc", "/health");
        assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.endsWith("\r\n\r\nunhealthy\n"), answer);
    }

    private void pintle(String command) throws IOException, InterruptedException {
        Objects.requireNonNull(installed).pintle(command);
    }

    @Test
    void healthIsAnsweredThoughTwoHundredSlowConnectionsHoldTheRest() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = new Socket(LOOPBACK, port);
                slow.add(socket);
                socket.getOutputStream()
                        .write((i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: " : "").getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; i < 20; i++) {
                long start = System.nanoTime();
                String answer = under("localhost", "/health");
                long millis = (System.nanoTime() - start) / 1_000_000;
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                assertTrue(millis < 1_000, "it took " + millis + " ms");
                slow.get(i).getOutputStream().flush();
                Socket another = new Socket(LOOPBACK, port);
                slow.add(another);
            }
            assertTrue(under("localhost", "/").startsWith("HTTP/1.1 200 "));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** There may be more who ask, read and ask again than there is room for. */
    @Test
    void healthIsAnsweredThoughAHundredClientsAskWithoutPause() throws IOException, InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String path = i % 2 == 0 ? "/" : "/health";
            Thread client = new Thread(() -> {
                while (!over.get()) {
                    try {
                        under("localhost", path);
                    } catch (IOException e) {
                        // It was this one's turn to go.
                        Thread.onSpinWait();
                    }
                }
            });
            client.start();
            clients.add(client);
        }
        try {
            for (int i = 0; i < 50; i++) {
                String answer = under("localhost", "/health");
                assertTrue(answer.startsWith("HTTP/1.1 200 "), "probe " + i + ": " + answer);
            }
        } finally {
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    /** A request must be there as a whole in time: a byte now and then keeps nothing open. */
    @Test
    void aRequestThatTricklesIsEnded() throws IOException, InterruptedException {
        try (Socket socket = new Socket(LOOPBACK, port)) {
            socket.setSoTimeout(10);
            long start = System.nanoTime();
            int got = 0;
            while (got >= 0 && System.nanoTime() - start < 10_000_000_000L) {
                Thread.sleep(100);
                try {
                    socket.getOutputStream().write('x');
                    got = socket.getInputStream().read();
                } catch (SocketTimeoutException e) {
                    got = 0;
                } catch (SocketException e) {
                    got = -1;
                }
            }
            assertTrue(System.nanoTime() - start < 4_000_000_000L, "it is shown out in time");
        }
    }

    @Test
    void thePageCannotTakeItselfAway() throws IOException, InterruptedException {
        String page = get("/", ADMIN).body();
        int at = page.indexOf("name=token value=") + "name=token value=".length();
        String token = "token=" + page.substring(at, page.indexOf('>', at));
        assertFalse(page.contains("/services/pintle-web/stop"), page);
        assertEquals(409, post("/services/pintle-web/stop", token).statusCode());
        assertEquals(303, post("/services/all/stop", token).statusCode());
        String status = get("/status", ADMIN).body();
        for (int i = 0; i < 100 && !status.contains("\"name\":\"app\",\"state\":\"down\""); i++) {
            Thread.sleep(50);
            status = get("/status", ADMIN).body();
        }
        assertTrue(status.contains("\"name\":\"app\",\"state\":\"down\""), status);
        assertTrue(status.contains("\"name\":\"pintle-web\",\"state\":\"ready\""), status);
        pintle("stop all");
        assertEquals(200, get("/health", "").statusCode(), "all the others are stopped, and not the page");
        assertEquals(303, post("/services/all/start", token).statusCode());
        assertEquals(303, post("/services/app/restart", token).statusCode());
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
