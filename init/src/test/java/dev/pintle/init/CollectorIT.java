package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Layouts and requests that fill the heap with all shapes of objects. TeaVM's own collector died of many of them, at sizes
 * that nothing told from their neighbours; so all sizes of a range are tried.
 */
final class CollectorIT {
    /** Whether the binary collects at many allocations, which takes a time that grows with the square of the input. */
    private static final boolean VERIFIED = Boolean.getBoolean("pintle.verified");

    /** Sizes at which lists of words ended 0.1.0, one after the other. */
    private static final int DENSE_FROM = 460;

    private static final int DENSE_TO = VERIFIED ? 462 : 505;
    private static final int LARGEST = VERIFIED ? 500 : 100_000;

    /** For a binary that would otherwise collect at each allocation. */
    private static final String SPARSELY = "PINTLE_COLLECT_EVERY=53";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
    }

    /** What a service.conf can have many of. */
    enum Shape {
        WORDS(n -> "command = echo" + " x".repeat(n)),
        LONG_WORDS(n -> "command = echo" + " abcdefghijkl".repeat(n)),
        CONTINUED(n -> "command = echo\n" + " x\n".repeat(n)),
        ONE_VALUE(n -> "command = echo " + "x".repeat(n)),
        QUOTES(n -> "command = echo" + " 'a b'\"c\"\\ d".repeat(n)),
        SCRIPT(n -> "command = sh -c '\n" + "   echo line of a script\n".repeat(n) + "  '"),
        AFTER(n -> "command = echo\nafter = " + numbered(n, "s%d", ", ")),
        DEPENDS(n -> "command = echo\ndepends_on = " + numbered(n, "s%d", ", ")),
        GROUPS(n -> "command = echo\ngroups = " + numbered(n, "%d", ", ")),
        VARIABLES(n -> "command = echo\n[environment]\n" + numbered(n, "V%d = value", "\n")),
        REFERENCES(n -> "command = echo" + " ${A:-b}".repeat(n)),
        NESTED(n -> "command = echo " + "${A:-".repeat(n) + "}".repeat(n)),
        UNKNOWN_KEYS(n -> "command = echo\n" + numbered(n, "k%d = v", "\n")),
        SECTIONS(n -> "command = echo\n" + numbered(n, "[s%d]", "\n")),
        COMMENTS(n -> "# comment\n".repeat(n) + "command = echo"),
        LISTEN(n -> "command = echo\nlisten = " + numbered(n, "tcp:%d", ", ")),
        EXIT_CODES(n -> "command = echo\nsuccess_exit_codes = " + numbered(n, "%d", ", "));

        @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
        private final IntFunction<String> conf;

        Shape(IntFunction<String> conf) {
            this.conf = conf;
        }

        private static String numbered(int count, String form, String between) {
            return IntStream.range(1, count + 1)
                    .mapToObj(i -> form.replace("%d", Integer.toString(i)))
                    .collect(Collectors.joining(between));
        }
    }

    private static List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>();
        for (int size = 1; size <= LARGEST; size = size * 3 / 2 + 1) {
            sizes.add(size);
        }
        for (int size = DENSE_FROM; size < DENSE_TO; size++) {
            sizes.add(size);
        }
        return sizes;
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void anySizeOfAnyListIsReadOrRefused(Shape shape) throws IOException {
        for (int size : sizes()) {
            Path service = Files.createDirectories(scratch.resolve("cases/" + size + "/services/a"));
            Files.writeString(service.resolve("service.conf"), shape.conf.apply(size) + "\n");
        }
        Result result = container.run(
                "cd cases; for size in *; do PINTLE_DIR=$PWD/$size timeout 60 pintle check --layout-only "
                        + ">../out 2>&1; code=$?; [ $code -le 1 ] || { echo $size: $code; tail -n 3 ../out; }; done",
                SPARSELY);
        assertEquals(new Result(0, "", ""), result);
    }

    /** At boot nothing else runs; a reload has services to lose. */
    @ParameterizedTest
    @EnumSource(Shape.class)
    void whatIsReadByCheckIsReadByBootAndReload(Shape shape) throws IOException {
        container.service("web", "command = sleep 1000\nmin_uptime = 0\n");
        for (int size : VERIFIED ? List.of(480) : List.of(290, 480, 600, 1_150, 1_500)) {
            Path service = Files.createDirectories(scratch.resolve("cases/" + size));
            Files.writeString(service.resolve("service.conf"), "autostart = no\n" + shape.conf.apply(size) + "\n");
        }
        Result result = container.run(
                "for size in $(ls cases); do init 2>said & pid=$!; "
                        + "until pintle wait web 2>/dev/null; do kill -0 $pid || exit 2; sleep 0.02; done; "
                        + "cp -r cases/$size layout/services/a; "
                        + "pintle reload >out 2>&1; [ $? -le 1 ] || { echo $size: reload; cat out; }; "
                        + "pintle wait web || echo $size: web is gone; kill $pid; wait $pid || echo $size: $?; "
                        + "init true 2>said; code=$?; "
                        + "[ $code = 0 ] || [ $code = 100 ] || { echo $size: boot $code; tail -n 3 said; }; "
                        + "rm -r layout/services/a; done",
                SPARSELY);
        assertEquals(new Result(0, "", ""), result);
    }

    /** Where poll(2) is refused, turns come without rest, and so do collections. */
    @Test
    void turnsWithoutRestEndNothing() throws IOException {
        container.programs().compiled("refuse");
        for (int i = 2; i <= 20; i += 2) {
            for (int j = 0; j < i; j++) {
                // What is left of it when its init is killed ends by itself.
                Path service = Files.createDirectories(scratch.resolve("cases/" + i + "/services/s" + j));
                Files.writeString(service.resolve("service.conf"), "command = sleep 5\nafter = s" + i + "\n");
            }
        }
        Result result = container.run("cd cases; for i in *; do "
                + "PINTLE_CONTROL=$PWD/$i/control PINTLE_DIR=$PWD/$i refuse EPERM poll init >/dev/null 2>&1 & "
                + "pids=\"$pids $!\"; done; sleep 3; "
                + "for pid in $pids; do kill -0 $pid || echo $pid has ended; kill -KILL $pid; done");
        assertEquals("", result.output(), result.errors());
    }

    @Test
    void anyNumberOfServicesIsRead() throws IOException {
        int most = VERIFIED ? 60 : 1_000;
        for (int i = 0; i < most; i++) {
            container.service("s" + i, "command = sleep 1000\nafter = s" + (i + 1) % most + "\n[environment]\nA = b\n");
        }
        Result result = container.run("pintle check --layout-only", SPARSELY);
        assertEquals(1, result.code());
        assertTrue((result.output() + result.errors()).contains("s0"), result.output() + result.errors());
    }

    /** 2,500 empty objects in one request, after a second of rest, were an endless loop. */
    @Test
    void requestsOfAnyFormAreAnswered() throws IOException, InterruptedException {
        container.service("a", "command = sleep 1000\n");
        Process init = start();
        try {
            while (container.run("pintle wait").code() != 0) {
                assertTrue(init.isAlive());
            }
            Thread.sleep(1_000);
            int most = VERIFIED ? 3_000 : 20_800;
            for (String item : List.of("{},", "[],", "{\"a\":[1,{}]},", "\"word\",", "12345,", "[[[[[]]]]],")) {
                for (int count = 100; count < most && count * item.length() < 65_000; count += 300) {
                    String request = "{\"pintle\":1,\"x\":[" + item.repeat(count) + "1]}\n";
                    assertTrue(ask(request).startsWith("{\"pintle\":1,\"ok\":false"), item + " " + count);
                }
            }
            assertEquals(0, container.run("pintle health").code());
        } finally {
            init.destroy();
            assertEquals(0, init.waitFor());
        }
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(scratch.resolve("bin/init").toString()).inheritIO();
        for (String variable : container.variables("PINTLE_COLLECT_EVERY=997")) {
            int end = variable.indexOf('=');
            builder.environment().put(variable.substring(0, end), variable.substring(end + 1));
        }
        return builder.start();
    }

    private String ask(String request) throws IOException {
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(scratch.resolve("control")));
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                socket.write(bytes);
            }
            ByteBuffer reply = ByteBuffer.allocate(64 * 1024);
            socket.read(reply);
            return new String(reply.array(), 0, reply.position(), StandardCharsets.UTF_8);
        }
    }

    /** The same request is answered where there is more memory; see above. */
    @Test
    void aRequestThatDoesNotFitIntoMemoryIsRefused() throws IOException, InterruptedException {
        container.service("a", "command = sleep 1000\n");
        Process init = container
                .programs()
                .shell(scratch, "ulimit -v 13000; exec init", container.variables("PINTLE_COLLECT_EVERY=997"))
                .start();
        try {
            while (container.run("pintle wait").code() != 0) {
                assertTrue(init.isAlive());
            }
            String reply = ask("{\"pintle\":1,\"x\":[" + "{},".repeat(20_000) + "1]}\n");
            assertTrue(reply.contains("too-large"), reply);
            assertEquals(0, container.run("pintle health").code());
        } finally {
            init.destroy();
            assertEquals(0, init.waitFor());
        }
    }

    /** With so little address space the heap is of the smallest size, and 800 services do not fit. */
    @Test
    void whatDoesNotFitIntoMemoryIsGivenUp() {
        for (int i = 0; i < 800; i++) {
            container.service("s" + i, "command = sleep 100000\n[environment]\nA = " + "x".repeat(1_000) + "\n");
        }
        String little = "ulimit -v 13000; export PINTLE_COLLECT_EVERY=97; ";
        Result boot = container.run(little + "exec init");
        assertEquals(111, boot.code(), boot.errors());
        assertTrue(boot.errors().contains("cannot read the layout: it needs more memory than an init may take"));
        assertEquals(111, container.run(little + "pintle check --layout-only").code());
        Result reload = container.run("mv layout large; mkdir -p layout/services/one; "
                + "echo 'command = sleep 100000' >layout/services/one/service.conf; (" + little + "exec init 2>log) & "
                + "pid=$!; until pintle wait 2>/dev/null; do kill -0 $pid || exit 10; sleep 0.1; done; "
                + "mv layout small; mv large layout; pintle reload; [ $? = 1 ] || exit 11; "
                + "pintle health || exit 12; rm -r layout; mv small layout; pintle reload || exit 13; "
                + "[ \"$(pintle status --json | grep -c ready)\" = 1 ] || exit 14; kill $pid; wait $pid");
        assertEquals(0, reload.code(), reload.output() + reload.errors());
        assertTrue((reload.output() + reload.errors()).contains("it needs more memory than an init may take"));
    }

    /**
     * A full heap may refuse any allocation of a request or a reload first. Whoever asked is told, within what is kept for that,
     * and all is as before; at boot it is the exit code.
     */
    @Test
    void whateverIsRefusedFirstIsGivenUpAlone() {
        assumeTrue(VERIFIED, "only the verifying build refuses what it is told to");
        container.service("never", "command = sleep 100000\nready = notify\nready_timeout = 0\n");
        container.service("web", "command = sleep 100000\nmin_uptime = 0\n");
        Result result = container.run(
                "ask() { timeout 20 pintle \"$@\" >>out 2>&1; code=$?; "
                        + "[ $code -lt 124 ] || echo \"$n: pintle $* ends with $code\"; }; "
                        + "for n in $(seq 2000 257 9000); do PINTLE_REFUSE_FROM=$n init 2>said & init=$!; "
                        + "until [ -e control ] || ! kill -0 $init 2>/dev/null; do sleep 0.02; done; "
                        + "ask status; ask health; ask logs web; ask restart web; ask reload; ask wait web; "
                        + "kill $init 2>/dev/null; wait $init; code=$?; rm -f control; "
                        + "case $code in 111) grep -q 'more memory than an init may take' said || echo $n: $(cat said);; "
                        + "0) ! grep internal said;; *) echo $n: $code $(cat said);; esac; done",
                SPARSELY);
        assertEquals(new Result(0, "", ""), result);
    }
}
