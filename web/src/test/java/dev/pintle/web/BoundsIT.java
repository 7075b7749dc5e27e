package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever comes in numbers, or takes his time, costs himself. */
class BoundsIT {
    private static final String EVENTS = "/api/v1/events";
    /** Those of 256 followers and the answers that are kept, and the program's own. */
    private static final long MOST_KILOBYTES = 16 * 1024;

    @TempDir
    private Path layout = Path.of("/nonexistent");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T kept(T one) {
        open.add(one);
        return one;
    }

    private List<Follower> followers(PageLayout page, int count) throws IOException {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            followers.add(kept(page.follow(EVENTS)));
        }
        for (Follower follower : followers) {
            follower.until(": following"::equals);
        }
        return followers;
    }

    private void connectSilently(PageLayout page, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            kept(new Socket(InetAddress.getLoopbackAddress(), page.port()));
        }
    }

    private static void restart(PageLayout page, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            assertEquals(0, page.installed().pintle("restart --no-wait app").code());
        }
    }

    private static long kilobytes(PageLayout page) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + page.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoFollowsHearsOfAllThoughAThousandAreSilent() throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            List<Follower> followers = followers(page, 200);
            connectSilently(page, 1_000);
            assertEquals(0, page.installed().pintle("stop app").code());
            for (Follower follower : followers) {
                List<String> lines = follower.until(line -> line.contains("\"to\":\"down\""));
                assertTrue(lines.stream().noneMatch("event: missed"::equals), lines.toString());
            }
            assertEquals(200, page.get("/health").statusCode());
            assertTrue(kilobytes(page) < MOST_KILOBYTES, kilobytes(page) + " kB");
        }
    }

    @Test
    void oneFollowerTooManyIsTold() throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            followers(page, 256);
            assertEquals(429, page.get(EVENTS).statusCode());
            assertEquals(200, page.get("/health").statusCode());
            open.remove(0).close();
            boolean full = true;
            for (int i = 0; i < 200 && full; i++) {
                Thread.sleep(20);
                full = full(page);
            }
            assertTrue(!full, "there is room again");
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean full(PageLayout page) throws IOException {
        try (Follower follower = page.follow(EVENTS)) {
            return follower.until(line -> line.startsWith("HTTP/")).get(0).contains(" 429 ");
        }
    }

    /** Who does not read is told that it has missed something, or dropped; others hear of everything. */
    @Test
    void whoReadsSlowlyHoldsUpNobody() throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            for (int i = 0; i < 50; i++) {
                Socket slow = kept(new Socket());
                slow.setReceiveBufferSize(1024);
                slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), page.port()));
                slow.getOutputStream()
                        .write(("GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
            }
            Follower follower = followers(page, 1).get(0);
            restart(page, 20);
            assertEquals(0, page.installed().pintle("stop app").code());
            List<String> lines =
                    follower.until(line -> line.contains("\"service\":\"app\"") && line.contains("\"to\":\"down\""));
            assertTrue(lines.stream().noneMatch("event: missed"::equals), lines.toString());
            assertEquals(200, page.get("/api/v1/version").statusCode());
            assertTrue(kilobytes(page) < MOST_KILOBYTES, kilobytes(page) + " kB");
        }
    }

    @Test
    void whatIsTooLongIsNotRead() throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            assertEquals("HTTP/1.1 400", status(page, "POST /login HTTP/1.1\r\nContent-Length: 65537\r\n\r\n"));
            assertEquals("HTTP/1.1 400", status(page, "GET / HTTP/1.1\r\nX: " + "x".repeat(9_000)));
            assertEquals(401, page.post("/login", "x".repeat(64 * 1024)).statusCode());
        }
    }

    private static String status(PageLayout page, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
        }
    }
}
