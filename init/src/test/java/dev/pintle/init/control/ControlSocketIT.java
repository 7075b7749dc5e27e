package dev.pintle.init.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The control socket of the native init, with clients that are many, slow, broken or silent. */
@Timeout(120)
final class ControlSocketIT {
    private static final int INSTANCES = 10;
    private static final int MOST_CLIENTS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String STATUS = "{\"pintle\":1,\"do\":\"status\"}\n";
    private static final String HEALTH = "{\"pintle\":1,\"do\":\"health\"}\n";
    private static final String SUBSCRIBE = "{\"pintle\":1,\"do\":\"subscribe\"}\n";
    private static final String RESTART = "{\"pintle\":1,\"do\":\"restart\",\"names\":[\"all\"],\"wait\":true}\n";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private final List<SocketChannel> opened = new ArrayList<>();
    private @Nullable Process init;

    /** A connection whose lines are waited for. */
    private record Client(SocketChannel channel, BufferedReader lines) {
        void send(String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /** The next line; null where the init has hung up. */
        @Nullable
        Message next() throws IOException {
            try {
                String line = lines.readLine();
                return line == null ? null : Message.parse(line);
            } catch (Json.MalformedException e) {
                throw new IOException(e);
            }
        }

        Message reply() throws IOException {
            Message reply = next();
            assertNotNull(reply, "the init has hung up");
            return reply;
        }

        Message ask(String request) throws IOException {
            send(request);
            return reply();
        }
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Path service = Files.createDirectories(scratch.resolve("layout/services/app"));
        Files.writeString(
                service.resolve("service.conf"),
                "command = sleep 100000\nmin_uptime = 0\ninstances = " + INSTANCES + "\n");
        init = Programs.ours(scratch.resolve("bin"), "init", "pintle")
                .shell(
                        scratch,
                        "exec init",
                        "PINTLE_DIR=" + scratch.resolve("layout"),
                        "PINTLE_CONTROL=" + scratch.resolve("control"))
                .redirectError(scratch.resolve("messages").toFile())
                .start();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(scratch.resolve("control"))) {
            assertTrue(System.nanoTime() < deadline, "it does not listen");
            Thread.sleep(10);
        }
        assertTrue(connect().ask("{\"pintle\":1,\"do\":\"wait\"}\n").ok());
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (SocketChannel channel : opened) {
            channel.close();
        }
        Process process = init;
        if (process != null) {
            process.destroy();
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it does not end");
            assertEquals(0, process.exitValue());
        }
        assertFalse(Files.readString(scratch.resolve("messages")).contains("internal error"));
    }

    private Client connect() throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(scratch.resolve("control")));
        opened.add(channel);
        return new Client(channel, new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)));
    }

    @Test
    void requestsInPiecesAndInARowAreAnsweredInTheirOrder() throws IOException {
        Client client = connect();
        client.send(STATUS.substring(0, 10));
        assertTrue(connect().ask(HEALTH).flag("healthy"), "half a request holds up nobody");
        client.send(STATUS.substring(10) + HEALTH + STATUS);
        assertEquals(INSTANCES, client.reply().objects("services").size());
        assertTrue(client.reply().flag("healthy"));
        assertEquals(INSTANCES, client.reply().objects("services").size());
    }

    @Test
    void brokenRequestsAreRefusedAndTheNextOneIsHeard() throws IOException {
        Client client = connect();
        List<String> broken = List.of(
                "{\"pintle\":1,]\n", "\n", "{\n", "\u00ff\u00fe\n", "{\"a\":\"\\u12\"}\n", "[".repeat(60_000) + "\n");
        for (String request : broken) {
            assertEquals("malformed", client.ask(request).text("error"), request);
        }
        for (String request : List.of("[]\n", "7\n", "{}\n", "{\"pintle\":2,\"do\":\"status\"}\n")) {
            assertEquals("version", client.ask(request).text("error"), request);
        }
        assertEquals("unknown-request", client.ask("{\"pintle\":1,\"do\":7}\n").text("error"));
        assertTrue(client.ask(STATUS).ok());
    }

    @Test
    void aRequestWithoutAnEndIsRefusedAndItsClientShownOut() throws IOException {
        Client client = connect();
        client.send("x".repeat(64 * 1024));
        assertEquals("too-long", client.reply().text("error"));
        assertNull(client.next());
        assertTrue(connect().ask(STATUS).ok());
    }

    @Test
    void oneClientTooManyIsToldAndLeavesRoomForTheNext() throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < MOST_CLIENTS; i++) {
            Client client = connect();
            assertTrue(client.ask(SUBSCRIBE).ok());
            clients.add(client);
        }
        Client more = connect();
        assertEquals("busy", more.reply().text("error"));
        assertNull(more.next());
        Programs.Result health = pintle("health");
        assertEquals(1, health.code());
        assertEquals("", health.output());
        assertEquals(
                "pintle: cannot serve another client: " + MOST_CLIENTS + " are connected\n",
                health.errors(),
                "a health check says why it could not ask");
        clients.get(0).channel.close();
        assertTrue(clients.get(1).ask(HEALTH).ok(), "after which the init knows that one has gone");
        assertTrue(connect().ask(HEALTH).ok());
    }

    /** The one of them that has been silent for longest makes room: whoever waits for something is not silent. */
    @Test
    void clientsThatSayNothingOrHalfKeepNobodyOut() throws IOException {
        Client waits = connect();
        waits.send("{\"pintle\":1,\"do\":\"wait\",\"names\":[\"app-1\"],\"for\":\"down\"}\n");
        Client subscribed = connect();
        assertTrue(subscribed.ask(SUBSCRIBE).ok());
        List<Client> silent = new ArrayList<>();
        for (int i = 0; i < 2 * MOST_CLIENTS; i++) {
            Client client = connect();
            client.send(i % 2 == 0 ? "" : STATUS.substring(0, i % STATUS.length()));
            silent.add(client);
        }
        for (int i = 0; i < MOST_CLIENTS; i++) {
            Programs.Result health = pintle("health");
            assertEquals("", health.output() + health.errors());
            assertEquals(0, health.code());
        }
        Message told = silent.get(0).reply();
        assertEquals("idle", told.text("error"));
        assertNull(silent.get(0).next());
        assertTrue(connect()
                .ask("{\"pintle\":1,\"do\":\"stop\",\"names\":[\"app-1\"]}\n")
                .ok());
        assertTrue(waits.reply().ok());
        assertEquals("app-1", subscribed.reply().text("service"));
    }

    private Programs.Result pintle(String command) {
        return Programs.installedOnes(scratch.resolve("bin"))
                .run(scratch, "pintle " + command, "PINTLE_CONTROL=" + scratch.resolve("control"));
    }

    /** Those that wait for one service, and for what cannot come, each get their own answer. */
    @Test
    void everyoneWhoWaitsIsAnswered() throws IOException {
        List<Client> waiting = new ArrayList<>();
        for (int i = 1; i <= INSTANCES; i++) {
            Client client = connect();
            client.send("{\"pintle\":1,\"do\":\"wait\",\"names\":[\"app-" + i + "\"],\"for\":\"down\"}\n");
            waiting.add(client);
        }
        Client acting = connect();
        assertTrue(acting.ask("{\"pintle\":1,\"do\":\"stop\",\"names\":[\"app\"],\"wait\":true}\n")
                .ok());
        for (int i = 1; i <= INSTANCES; i++) {
            Message reply = waiting.get(i - 1).reply();
            assertTrue(reply.ok());
            assertEquals(List.of("app-" + i), reply.texts("services"));
        }
    }

    /** It costs a bounded amount of memory, holds up nobody, and is told what it has missed once it reads. */
    @Test
    void aSubscriberThatDoesNotReadIsToldWhatItMissed() throws IOException {
        Client silent = connect();
        Client prompt = connect();
        silent.send(SUBSCRIBE);
        assertTrue(prompt.ask(SUBSCRIBE).ok());
        Client acting = connect();
        List<String> all = new ArrayList<>();
        // 10 services, 4 events each, 90 bytes an event: far more than a socket and the init hold for a client.
        int rounds = 200;
        for (int round = 0; round < rounds; round++) {
            assertTrue(acting.ask(RESTART).ok());
            for (int i = 0; i < INSTANCES * 4; i++) {
                all.add(told(prompt.reply()));
            }
        }
        assertTrue(silent.reply().ok());
        long seen = 0;
        long missed = 0;
        while (missed == 0) {
            Message event = silent.reply();
            if (event.text("event").equals("missed")) {
                missed = event.number("count", 0);
            } else {
                assertEquals(all.get((int) seen), told(event));
                seen++;
            }
            if (seen > 0 && seen % 1000 == 0) {
                // What is read makes room for the next event, before which it is said how many were lost.
                acting.ask(RESTART);
                for (int i = 0; i < INSTANCES * 4; i++) {
                    all.add(told(prompt.reply()));
                }
            }
        }
        assertEquals(all.get((int) (seen + missed)), told(silent.reply()), "and then it goes on where it says");
    }

    private static String told(Message event) {
        return event.text("service") + " " + event.text("from") + " " + event.text("to");
    }
}
