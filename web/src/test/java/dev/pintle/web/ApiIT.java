package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API, as a program meets it. */
class ApiIT {
    private static final String BASE = "/api/v1/";

    @TempDir
    private Path layout = Path.of("/nonexistent");

    private PageLayout page(String settings) throws IOException, InterruptedException {
        PageLayout.service(layout, "db", "command = sleep 1000\ngroup = back\n");
        PageLayout.service(layout, "worker", "command = sleep 1000\ngroup = back\ndepends_on = db\n");
        PageLayout.service(layout, "talks", """
                command = sh -c 'echo one; echo two; trap "echo three" USR1; while :; do sleep 0.05; done'
                [stdout]
                keep = 64k
                """);
        Files.writeString(layout.resolve("token"), "secret\n");
        return new PageLayout(layout, settings + "username = admin\npassword_file = " + layout + "/token\n");
    }

    private static final String[] ADMIN = {"Authorization", "Basic YWRtaW46c2VjcmV0", "Content-Type", "application/json"
    };

    private static HttpResponse<String> get(PageLayout page, String path) throws IOException, InterruptedException {
        return page.get(BASE + path, ADMIN);
    }

    private static HttpResponse<String> post(PageLayout page, String path, String body)
            throws IOException, InterruptedException {
        return page.post(BASE + path, body, ADMIN);
    }

    private static void has(int status, String text, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertTrue(response.body().contains(text), response.body());
    }

    @Test
    void servicesAreShown() throws IOException, InterruptedException {
        PageLayout.service(layout, "logged", "command = sleep 1000\n[stdout]\nprefix = yes\n");
        try (PageLayout page = page("")) {
            HttpResponse<String> all = get(page, "services");
            has(200, "{\"stopping\":false,\"services\":[{\"name\":\"app\"", all);
            assertEquals(
                    "application/json; charset=utf-8",
                    all.headers().firstValue("content-type").orElse(""));
            has(200, "{\"name\":\"worker\",\"state\":\"ready\"", get(page, "services/worker"));
            has(200, "{\"name\":\"logged/log\"", get(page, "services/logged%2Flog"));
            has(200, "\"depends_on\":[\"db:ready\"]", get(page, "graph"));
            has(200, "\"version\":\"" + System.getProperty("pintle.version") + "\"", get(page, "version"));
            has(200, "{\"diagnostics\":[", get(page, "check"));
            has(200, "\"healthy\":true", get(page, "health"));
            HttpResponse<String> none = get(page, "services/none");
            has(404, "\"error\":\"no-such-service\"", none);
            assertEquals(
                    "application/problem+json; charset=utf-8",
                    none.headers().firstValue("content-type").orElse(""));
            has(404, "no-such-page", get(page, "services/a/b/c"));
        }
    }

    @Test
    void ordersAreCarriedOut() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            String wait = "{\"wait\":true,\"timeout\":\"20s\"}";
            has(200, "{\"services\":[\"db\"]}", post(page, "services/db/stop", wait));
            has(200, "\"state\":\"down\"", get(page, "services/worker"));
            has(200, "[\"db\",\"worker\"]", post(page, "services/@back/start?wait=true&timeout=20s", ""));
            has(200, "\"state\":\"ready\"", get(page, "services/worker"));
            has(202, "app", post(page, "services/app/restart", ""));
            has(200, "app", post(page, "services/all/restart", wait));
            has(200, "\"name\":\"pintle-web\",\"state\":\"ready\"", get(page, "services"));
            has(202, "app", post(page, "services/app/signal", "{\"signal\":\"CONT\"}"));
            has(400, "\"error\":\"no-signal\"", post(page, "services/app/signal", "{\"signal\":\"NONE\"}"));
            has(409, "cannot stop pintle-web here", post(page, "services/pintle-web/stop", ""));
            has(400, "no-time", post(page, "services/app/stop", "{\"wait\":true,\"timeout\":\"soon\"}"));
            has(400, "malformed", post(page, "services/app/stop", "{"));
            has(404, "no-such-service", post(page, "services/none/start", "{}"));
            HttpResponse<String> looked = get(page, "services/app/stop");
            has(405, "wrong-method", looked);
            assertEquals("POST", looked.headers().firstValue("allow").orElse(""));
        }
    }

    @Test
    void theLayoutIsReloaded() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            PageLayout.service(layout, "fresh", "command = sleep 1000\n");
            has(200, "\"added\":[\"fresh\"]", post(page, "reload", "{\"wait\":true}"));
            has(200, "\"state\":\"ready\"", get(page, "services/fresh"));
            PageLayout.service(layout, "wrong", "comand = sleep 1000\n");
            HttpResponse<String> refused = post(page, "reload", "");
            has(409, "\"error\":\"bad-layout\"", refused);
            has(409, "comand", refused);
            has(200, "comand", get(page, "check"));
        }
    }

    @Test
    void theContainerIsStopped() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            has(400, "no-code", post(page, "shutdown", "{\"code\":256}"));
            has(202, "{}", post(page, "shutdown", "{\"code\":7}"));
            assertEquals(7, page.init().waitFor());
        }
    }

    /** Who waits is answered when it is so, and others are served meanwhile. */
    @Test
    void whoWaitsHoldsUpNobody() throws IOException, InterruptedException {
        PageLayout.service(
                layout,
                "slow",
                "command = sh -c 'trap \"\" TERM; while :; do sleep 0.1; done'\nstop_grace_period = 3s\n");
        try (PageLayout page = page("")) {
            Thread waiter = new Thread(() -> {
                try {
                    post(page, "services/slow/stop", "{\"wait\":true}");
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            waiter.start();
            boolean seen = false;
            while (waiter.isAlive()) {
                seen |= get(page, "services/slow").body().contains("\"state\":\"stopping\"");
            }
            assertTrue(seen, "it was asked while somebody waited");
            HttpResponse<String> late = post(page, "services/slow/restart", "{\"wait\":true,\"timeout\":\"1ms\"}");
            has(504, "\"error\":\"timed-out\"", late);
        }
    }

    @Test
    void eventsAreFollowedAndTakenUpAgain() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            String id;
            try (Follower follower = page.follow(BASE + "events", ADMIN)) {
                assertEquals(
                        "HTTP/1.1 200 OK",
                        follower.until(line -> line.startsWith("HTTP/")).get(0));
                follower.until(": following"::equals);
                post(page, "services/app/stop", "{\"wait\":true}");
                List<String> lines = follower.until(line -> line.contains("\"to\":\"down\""));
                assertTrue(lines.contains("event: state"), lines.toString());
                id = lines.stream()
                        .filter(line -> line.startsWith("id: "))
                        .reduce((a, b) -> b)
                        .orElseThrow()
                        .substring(4);
            }
            post(page, "services/db/stop", "{\"wait\":true}");
            String[] again = {ADMIN[0], ADMIN[1], "Last-Event-ID", id};
            try (Follower follower = page.follow(BASE + "events?service=db", again)) {
                List<String> lines = follower.until(line -> line.contains("\"to\":\"down\""));
                assertFalse(lines.toString().contains("\"service\":\"app\""), lines.toString());
                assertFalse(lines.contains("event: missed"), lines.toString());
            }
            String[] unknown = {ADMIN[0], ADMIN[1], "Last-Event-ID", "elsewhere-7"};
            try (Follower follower = page.follow(BASE + "events", unknown)) {
                follower.until("event: missed"::equals);
            }
        }
    }

    @Test
    void logsAreShownAndFollowed() throws IOException, InterruptedException {
        try (PageLayout page = page("")) {
            awaitLines(page);
            HttpResponse<String> text = get(page, "logs/talks?tail=1");
            assertEquals("two\n", text.body());
            assertEquals(
                    "text/plain; charset=utf-8",
                    text.headers().firstValue("content-type").orElse(""));
            String[] json = {ADMIN[0], ADMIN[1], "Accept", "application/json"};
            List<String> lines =
                    page.get(BASE + "logs/talks", json).body().lines().toList();
            assertEquals(2, lines.size(), lines.toString());
            assertTrue(
                    lines.get(0)
                            .matches(
                                    "\\{\"service\":\"talks\",\"stream\":\"stdout\",\"time\":\"20.*Z\",\"line\":\"one\"}"),
                    lines.get(0));
            assertEquals("", get(page, "logs/talks?since=2090-01-01T00:00:00Z").body());
            has(400, "no-range", get(page, "logs/talks?since=soon"));
            has(400, "no-range", get(page, "logs/talks?tail=some"));
            has(409, "docker logs", get(page, "logs/app"));
            has(404, "no-such-service", get(page, "logs/none"));
            String[] events = {ADMIN[0], ADMIN[1], "Accept", "text/event-stream"};
            try (Follower follower = page.follow(BASE + "logs/talks?follow=true", events)) {
                follower.until(line -> line.startsWith("data: ") && line.contains("\"line\":\"two\""));
                post(page, "services/talks/signal", "{\"signal\":\"USR1\"}");
                follower.until(line -> line.startsWith("data: ") && line.contains("\"line\":\"three\""));
            }
            awaitNoChild(page);
        }
    }

    private static void awaitLines(PageLayout page) throws IOException, InterruptedException {
        for (int i = 0; i < 200 && !get(page, "logs/talks").body().equals("one\ntwo\n"); i++) {
            Thread.sleep(50);
        }
        assertEquals("one\ntwo\n", get(page, "logs/talks").body());
    }

    /** A child ends with the client that it was for. */
    private static void awaitNoChild(PageLayout page) throws InterruptedException {
        ProcessHandle web = ProcessHandle.of(page.pid()).orElseThrow();
        for (int i = 0; i < 200 && web.children().findAny().isPresent(); i++) {
            Thread.sleep(50);
        }
        assertEquals(List.of(), web.children().toList());
    }

    /** What the socket's permissions allow needs no password. */
    @Test
    void aUnixSocketIsServed() throws IOException, InterruptedException {
        Path socket = layout.resolve("web.sock");
        try (PageLayout page = page(", unix:" + socket + "\nsocket_mode = 0620\n")) {
            assertTrue(unix(socket, "GET " + BASE + "services/app HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .contains("\"state\":\"ready\""));
            String stopped =
                    unix(socket, "POST " + BASE + "services/app/stop?wait=true HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(stopped.startsWith("HTTP/1.1 200 "), stopped);
            assertEquals(
                    "[OWNER_READ, OWNER_WRITE, GROUP_WRITE]",
                    Files.getPosixFilePermissions(socket).stream()
                            .sorted()
                            .toList()
                            .toString());
            assertEquals(200, page.get("/health").statusCode());
        }
    }

    private static String unix(Path socket, String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (channel.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            return all.toString(StandardCharsets.UTF_8);
        }
    }
}
