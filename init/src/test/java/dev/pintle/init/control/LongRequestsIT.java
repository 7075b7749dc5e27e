package dev.pintle.init.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests as long as one may be, to the native init with as many services as there may be: none keeps PID 1 for long. */
@Timeout(120)
final class LongRequestsIT {
    private static final int SERVICES = 1_500;
    private static final int CLIENTS = 60;
    /** So many short words that a request has room for them. */
    private static final int WORDS = 13_000;
    /** Processor time in ticks of 10 ms: such requests took from 57 to 440, and take up to 4 by now. */
    private static final long MOST_TICKS = 20;

    /** Likewise of a reload of as many services, which is more: it took 400. */
    private static final long MOST_OF_RELOAD = 150;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private static String list(Stream<String> words) {
        return words.map(word -> '"' + word + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private static String times(int count, String word) {
        return list(IntStream.range(0, count).mapToObj(i -> word));
    }

    /** Strings of one hash code: Aa and BB have the same. */
    private static Stream<String> colliding() {
        return IntStream.range(0, 1 << 11)
                .mapToObj(i -> String.format("%11s", Integer.toBinaryString(i))
                        .replace("1", "Aa")
                        .replaceAll("[0 ]", "BB"));
    }

    private Process start(LaidOut container) throws IOException, InterruptedException {
        Process init = container
                .programs()
                .shell(scratch, "exec init", container.variables())
                .redirectError(scratch.resolve("said").toFile())
                .start();
        while (!Files.exists(scratch.resolve("control"))) {
            assertTrue(init.isAlive());
            Thread.sleep(20);
        }
        return init;
    }

    private void end(Process init) throws IOException, InterruptedException {
        init.destroy();
        assertTrue(init.waitFor(30, TimeUnit.SECONDS), "it ends");
        assertEquals(0, init.exitValue());
        assertEquals("", Files.readString(scratch.resolve("said")));
    }

    /** Thousands of events for each of many, who read none of them: each is made once, and what waits is not copied for each. */
    @Test
    void manySubscribersThatDoNotReadTakeNoTime() throws Exception {
        LaidOut container = new LaidOut(scratch, "init", "pintle");
        container.service("gate", "command = sleep 1000\nautostart = no\n");
        container.service(
                "s", "command = sleep 1000\nautostart = no\ndepends_on = gate\ninstances = " + (SERVICES - 1) + "\n");
        Process init = start(container);
        List<SocketChannel> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(scratch.resolve("control")));
                clients.add(client);
                send(client, "{\"pintle\":1,\"do\":\"subscribe\"}\n");
                assertTrue(line(client).contains("\"ok\":true"));
            }
            shortlyAnswered(init, "\"do\":\"start\",\"names\":[\"s\"]", "\"ok\":true");
            shortlyAnswered(init, "\"do\":\"stop\",\"names\":[\"s\"]", "\"ok\":true");
            // What was said reaches who reads it after all.
            String heard = line(clients.get(CLIENTS - 1));
            assertTrue(heard.contains("\"event\":\"state\""), heard);
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
            end(init);
        }
    }

    /** Thousands of sockets are of few services, and a reload sees to all services. */
    @Test
    void aReloadLooksAtTheSocketsOfEachServiceAlone() throws Exception {
        LaidOut container = new LaidOut(scratch, "init", "pintle");
        for (int i = 0; i < 40; i++) {
            String start = " unix:" + scratch + "/k" + i + "-";
            container.service(
                    "k" + i,
                    "command = sleep 1000\nlisten ="
                            + IntStream.range(0, 100).mapToObj(j -> start + j).collect(Collectors.joining()) + "\n");
        }
        String rest = "command = sleep 1000\nautostart = no\ninstances = 1400\n";
        container.service("r", rest);
        Process init = start(container);
        try {
            container.run("until pintle wait 2>/dev/null; do sleep 0.1; done");
            container.service("r", rest + "ready_timeout = 1s\n");
            long before = ticks(init);
            String reply = ask("{\"pintle\":1,\"do\":\"reload\"}\n");
            long taken = ticks(init) - before;
            assertTrue(reply.contains("\"ok\":true"), reply);
            assertTrue(taken < MOST_OF_RELOAD, () -> "it takes " + taken + " ticks");
        } finally {
            end(init);
        }
        assertFalse(Files.exists(scratch.resolve("k39-99")), "its sockets are gone with it");
    }

    @Test
    void noRequestTakesLong() throws Exception {
        LaidOut container = new LaidOut(scratch, "init", "pintle");
        container.service("s", "command = sleep 1000\nautostart = no\ninstances = " + SERVICES + "\n");
        Process init = start(container);
        try {
            for (String what : new String[] {"status", "stop", "logs", "subscribe", "wait"}) {
                shortlyAnswered(init, "\"do\":\"" + what + "\",\"names\":" + times(WORDS, "x"), "no-such-service");
            }
            shortlyAnswered(
                    init,
                    "\"do\":\"logs\",\"names\":"
                            + list(IntStream.rangeClosed(1, SERVICES).mapToObj(i -> "s-" + i)),
                    "\"service\":\"s-" + SERVICES + "\"");
            shortlyAnswered(init, "\"do\":\"" + "\u007f".repeat(60_000) + "\"", "unknown-request");
            shortlyAnswered(init, "\"do\":\"stop\",\"names\":" + times(WORDS * 2 / 3, "all"), "\"ok\":true");
            shortlyAnswered(init, "\"do\":\"wait\",\"for\":\"down\",\"except\":" + times(WORDS, "x"), "\"ok\":true");
            shortlyAnswered(
                    init, "\"do\":\"stop\",\"must_run\":true,\"names\":" + times(WORDS / 2, "s-1500"), "not-running");
            shortlyAnswered(
                    init,
                    "\"do\":\"wait\",\"names\":[\"s\"],\"for\":\"down\",\"gone\":" + list(colliding()),
                    "\"ok\":true");
            shortlyAnswered(
                    init, colliding().map(name -> '"' + name + "\":1").collect(Collectors.joining(",")), "malformed");
        } finally {
            end(init);
        }
    }

    private void shortlyAnswered(Process init, String members, String part) throws IOException {
        String what = members.substring(0, Math.min(40, members.length()));
        long before = ticks(init);
        String reply = ask("{\"pintle\":1," + members + "}\n");
        long taken = ticks(init) - before;
        assertTrue(reply.contains(part), () -> what + " is answered " + reply);
        assertTrue(taken < MOST_TICKS, () -> what + " takes " + taken + " ticks");
    }

    private String ask(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(scratch.resolve("control")))) {
            send(channel, request);
            return line(channel);
        }
    }

    private static void send(SocketChannel channel, String request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String line(SocketChannel channel) throws IOException {
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
    }

    /** What the process has used of the processor, for itself and in the kernel (proc_pid_stat(5)). */
    /** The processor time of a process. */
    static long ticks(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
