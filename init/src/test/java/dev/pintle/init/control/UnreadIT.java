package dev.pintle.init.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What all clients together leave unread is bounded, whatever each may have: the native init, on its heap of 42 MB. */
@Timeout(120)
final class UnreadIT {
    private static final int CLIENTS = 64;
    private static final int SERVICES = 1_000;
    /** More than are served at a time. */
    private static final int MANY = 200;
    /** Processor time in ticks of 10 ms: it took 49. */
    private static final long MOST_TICKS = 25;

    private static final String STATUS = "{\"pintle\":1,\"do\":\"status\"}\n";
    /** The heap may be as large; without a bound for all clients it would not do. */
    private static final long MOST_KB = 60_000;

    /** More than a socket holds: the rest stays with the init. */
    private static final int LEFT_UNREAD = 400_000;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private final List<SocketChannel> opened = new ArrayList<>();

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(scratch.resolve("control")));
        opened.add(channel);
        return channel;
    }

    private static void send(SocketChannel channel) throws IOException {
        channel.write(ByteBuffer.wrap(STATUS.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String line(SocketChannel channel) throws IOException {
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
    }

    @Test
    void manyClientsThatDoNotReadLongRepliesEndNothing() throws Exception {
        Process init = start();
        try {
            untilAllHaveFailed(init);
            for (int i = 0; i < CLIENTS; i++) {
                send(connect());
            }
            SocketChannel last = connect();
            last.write(ByteBuffer.wrap("{\"pintle\":1,\"do\":\"health\"}\n".getBytes(StandardCharsets.US_ASCII)));
            String health = line(last);
            assertTrue(
                    health.contains("f-" + SERVICES + " has failed"),
                    health.substring(0, Math.min(300, health.length())));
            opened.remove(last);
            last.close();
            // Who asked last, and reads, has not been given up for those who do not.
            assertTrue(line(opened.get(opened.size() - 1)).contains("\"f-" + SERVICES + "\""));
            String peak = Files.readString(Path.of("/proc/" + init.pid() + "/status"))
                    .replaceFirst("(?s).*VmHWM:\\s*(\\d+) kB.*", "$1");
            assertTrue(Long.parseLong(peak) < MOST_KB, "it has needed " + peak + " kB");
        } finally {
            end(init);
        }
        assertEquals(0, init.exitValue());
    }

    /** The last of a reply does not stand for little while the init keeps all of it. */
    @Test
    void manyClientsThatReadLongRepliesInPartLeaveMemoryForOthers() throws Exception {
        Process init = start();
        try {
            int length = untilAllHaveFailed(init);
            for (int i = 0; i < CLIENTS - 1; i++) {
                SocketChannel channel = connect();
                send(channel);
                int left = length - LEFT_UNREAD;
                ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
                for (int got = 0; left > 0 && got >= 0; left -= got) {
                    bytes.clear().limit(Math.min(left, bytes.capacity()));
                    got = channel.read(bytes);
                }
            }
            SocketChannel last = connect();
            send(last);
            String status = line(last);
            assertTrue(status.contains("\"f-" + SERVICES + "\""), status.substring(0, Math.min(300, status.length())));
        } finally {
            end(init);
        }
        assertEquals(0, init.exitValue());
    }

    /** One that comes after hundreds is not let in after as many turns, each of which answers what others ask. */
    @Test
    void whoComesAfterManyThatAskAndDoNotReadIsAnsweredSoon() throws Exception {
        Process init = start();
        try {
            untilAllHaveFailed(init);
            for (int i = 0; i < CLIENTS; i++) {
                connect();
            }
            for (int i = 0; i < MANY; i++) {
                ByteBuffer requests = ByteBuffer.wrap(STATUS.repeat(20).getBytes(StandardCharsets.US_ASCII));
                connect().write(requests);
            }
            long before = LongRequestsIT.ticks(init);
            SocketChannel last = connect();
            last.write(ByteBuffer.wrap("{\"pintle\":1,\"do\":\"init\"}\n".getBytes(StandardCharsets.US_ASCII)));
            String answer = line(last);
            long took = LongRequestsIT.ticks(init) - before;
            assertTrue(answer.contains("\"ok\":true"), answer);
            assertTrue(took <= MOST_TICKS, () -> "it took " + took);
        } finally {
            end(init);
        }
    }

    private Process start() throws IOException {
        LaidOut container = new LaidOut(scratch, "init", "pintle");
        container.service(
                "f",
                "command = /" + "a/".repeat(500) + "b\nrestart = no\nstart_retries = 0\ninstances = " + SERVICES
                        + "\n");
        return container
                .programs()
                .shell(scratch, "exec init", container.variables())
                .redirectError(scratch.resolve("said").toFile())
                .start();
    }

    /** The length of a reply from then on. */
    private int untilAllHaveFailed(Process init) throws Exception {
        String reply = "";
        while (reply.split("\"failed\"", -1).length <= SERVICES) {
            assertTrue(init.isAlive());
            Thread.sleep(50);
            if (Files.exists(scratch.resolve("control"))) {
                SocketChannel channel = connect();
                send(channel);
                reply = line(channel);
                opened.remove(channel);
                channel.close();
            }
        }
        assertTrue(reply.length() > 600_000, "only " + reply.length());
        return reply.length();
    }

    private void end(Process init) throws Exception {
        for (SocketChannel channel : opened) {
            channel.close();
        }
        init.destroy();
        assertTrue(init.waitFor(30, TimeUnit.SECONDS), "it ends");
    }
}
