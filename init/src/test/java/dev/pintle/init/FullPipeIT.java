package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The native init whose standard output and error are a full pipe that nobody reads: it does without them. MemoryIT has the
 * message of what waits for memory, UnreadIT the clients.
 */
@Timeout(120)
final class FullPipeIT {
    @TempDir
    private Path scratch = Path.of("/nonexistent");

    /** A user who may not open the pipe again writes to the one that it was given, which may block. */
    @ParameterizedTest
    @ValueSource(strings = {"", "pintle-setuser 48213:48213 "})
    void whatNobodyReadsKeepsTheInitFromNothing(String as) {
        assumeTrue(as.isEmpty() || "root".equals(System.getProperty("user.name")), "only root becomes another user");
        LaidOut container = new LaidOut(scratch, "init", "pintle", "pintle-setuser");
        container.service("flaps", "command = false\nrestart_delay = 20ms\nbackoff = none\n");
        container.service("web", "command = sleep 100000\n");
        String ask = "timeout 5 " + as + "pintle ";
        Result result = container.run("chmod 777 .; mkfifo pipe; exec 9<>pipe; "
                + "dd if=/dev/zero of=pipe bs=4096 oflag=nonblock 2>/dev/null; "
                + as + "init >pipe 2>pipe 9>&- & init=$!; "
                + "until " + ask + "wait web 2>/dev/null; do kill -0 $init || exit 1; sleep 0.05; done; "
                + "for i in $(seq 20); do " + ask + "restart web || exit 2; done; "
                + "echo bad = >>layout/services/web/service.conf; " + ask
                + "reload >/dev/null 2>&1; [ $? = 1 ] || exit 3; "
                + "kill -HUP $init; sleep 0.5; " + ask + "status web >/dev/null || exit 4; "
                + ": >said; timeout 10 cat pipe >said & reader=$!; "
                + "until grep -aq 'messages were lost while nobody read' said; do kill -0 $reader || exit 5; sleep 0.1; done; "
                + "kill -TERM $init; wait $init; code=$?; kill $reader; exit $code");
        assertEquals(0, result.code(), result.output() + result.errors());
        assertTrue(result.errors().isEmpty(), result.errors());
    }

    /** It had room when the init looked, and a service has filled it before the init writes. */
    @Test
    @DisabledIfSystemProperty(
            named = "pintle.emulated",
            matches = "true",
            disabledReason = "qemu-user itself would be traced")
    void whoFillsItBetweenLookAndWriteKeepsTheInitFromNothing() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root becomes another user");
        LaidOut container = new LaidOut(scratch, "init", "pintle", "pintle-setuser");
        container.programs().compiled("filler");
        container.service("flaps", "command = false\nrestart_delay = 20ms\nbackoff = none\n");
        container.service("web", "command = sleep 100000\n");
        String as = "pintle-setuser 48213:48213 ";
        String ask = "timeout 5 " + as + "pintle ";
        String prepared = "chmod 777 .; mkfifo pipe; exec 9<>pipe; ";
        assumeTrue(
                container
                                .run(prepared + "filler pipe true; code=$?; rm pipe; exit $code")
                                .code()
                        == 0,
                "tracing is refused");
        Result result = container.run(prepared + "filler pipe " + as + "init >pipe 2>pipe 9>&- & "
                + "until " + ask + "wait web 2>/dev/null; do kill -0 $! || exit 1; sleep 0.05; done; "
                + "for i in $(seq 20); do " + ask + "restart web || exit 2; done; " + ask
                + "shutdown || exit 3; wait $!");
        assertEquals(0, result.code(), result.output() + result.errors());
    }
}
