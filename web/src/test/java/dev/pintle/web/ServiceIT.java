package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's program as the init's service. */
class ServiceIT {
    @TempDir
    private Path layout = Path.of("/nonexistent");

    @Test
    void theInitListensNowhere() throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            assertEquals(200, page.get("/health").statusCode());
            List<String> listening = listening();
            assertTrue(sockets(page.pid()).stream().anyMatch(listening::contains), "pintle-web listens");
            List<String> ofInit = sockets(page.init().pid());
            assertTrue(ofInit.stream().noneMatch(listening::contains), "and the init does not: " + ofInit);
        }
    }

    /** The inodes of sockets that listen on TCP (proc_pid_net(5)). */
    private static List<String> listening() throws IOException {
        List<String> inodes = new ArrayList<>();
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.<String>of()) {
                String[] fields = line.strip().split(" +", -1);
                if (fields.length > 9 && fields[3].equals("0A")) {
                    inodes.add(fields[9]);
                }
            }
        }
        return inodes;
    }

    private static List<String> sockets(long pid) throws IOException {
        List<String> inodes = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    @Test
    void itIsStartedAgainAndHoldsNothingUp() throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            long first = page.pid();
            assertEquals(0, page.installed().pintle("signal pintle-web KILL").code());
            for (int i = 0; i < 200 && (page.pid() == first || page.pid() == 0); i++) {
                Thread.sleep(50);
            }
            assertTrue(page.pid() != first, "it is another process");
            assertEquals(
                    0, page.installed().pintle("wait pintle-web --timeout 20s").code());
            assertEquals(200, page.get("/health").statusCode());
            String status = page.installed().pintle("status --json app").output();
            assertTrue(status.contains("\"starts\":1"), status);
        }
    }

    @Test
    void allIsWithoutItAndItsNameIsNot() throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            assertEquals(0, page.installed().pintle("stop all").code());
            assertEquals(3, page.installed().pintle("status app").code());
            assertEquals(200, page.get("/health").statusCode());
            assertEquals(0, page.installed().pintle("stop pintle-web").code());
            assertEquals(3, page.installed().pintle("status pintle-web").code());
            assertEquals(0, page.installed().pintle("start pintle-web").code());
            assertEquals(200, page.get("/health").statusCode());
        }
    }

    @Test
    void anAddressThatIsTakenIsSaidAndTriedAgain() throws IOException, InterruptedException {
        ServerSocket taken = new ServerSocket(0);
        Path log = layout.resolve("log");
        Files.writeString(layout.resolve("pintle.conf"), "[web]\nlisten = 0.0.0.0:" + taken.getLocalPort() + "\n");
        PageLayout.service(layout, "app", "command = sleep 1000\n");
        Installed installed = Installed.in(layout);
        Process init = installed.start(log);
        try {
            String message = "pintle-web: cannot listen on tcp:0.0.0.0:" + taken.getLocalPort() + ": EADDRINUSE";
            for (int i = 0; i < 200 && !Files.readString(log).contains(message); i++) {
                Thread.sleep(50);
            }
            assertTrue(Files.readString(log).contains(message), Files.readString(log));
            assertEquals(0, installed.pintle("status app").code());
            taken.close();
            assertEquals(0, installed.pintle("wait pintle-web --timeout 20s").code());
        } finally {
            taken.close();
            init.destroy();
            init.waitFor();
        }
    }
}
