package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that was started with a terminal ({@code docker run -it}): it is main's. script(1) makes the terminal. */
final class TerminalIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final char CONTROL_C = 3;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        assumeTrue(Programs.installed("script"), "no script(1) here");
        container = new LaidOut(scratch, "init", "pintle");
        container.service("web", "command = sleep 100000\n");
    }

    /** Runs init with a script as its CMD on a terminal, as PID 1 where that can be, and types once {@code cue} is there. */
    private Programs.Result typeTo(String main, String cue, String typed) throws IOException, InterruptedException {
        Path program = Files.writeString(scratch.resolve("main"), "#!/bin/sh\n" + main);
        assertTrue(program.toFile().setExecutable(true));
        Path seen = scratch.resolve("seen");
        String command = container.programs().namespace(scratch) + "init " + program;
        Process process = container
                .programs()
                .shell(scratch, "exec script -q -e -c '" + command + "' /dev/null", container.variables())
                .redirectErrorStream(true)
                .redirectOutput(seen.toFile())
                .start();
        try (OutputStream keyboard = process.getOutputStream()) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (process.isAlive() && !Files.readString(seen).contains(cue)) {
                assertTrue(System.nanoTime() < deadline, () -> "it does not say " + cue);
                Thread.sleep(10);
            }
            keyboard.write(typed.getBytes(StandardCharsets.US_ASCII));
            keyboard.flush();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Programs.Result(process.exitValue(), Files.readString(seen).replace("\r", ""), "");
    }

    /** A background process that reads from the terminal would be stopped, and one without it could not open it. */
    @Test
    void mainHasTheTerminalAndItsForeground() throws IOException, InterruptedException {
        Programs.Result result = typeTo("""
                test -t 0 && test -t 1 && test -t 2 && echo on a terminal
                echo by its name >/dev/tty
                echo ready
                read word
                echo "typed: $word"
                exit 7
                """, "ready", "hello\n");
        assertEquals(7, result.code(), result.output());
        assertTrue(result.output().contains("on a terminal\nby its name\nready\n"), result.output());
        assertTrue(result.output().contains("typed: hello\n"), result.output());
    }

    @Test
    void keysThatSendSignalsReachMainAlone() throws IOException, InterruptedException {
        Programs.Result result = typeTo("""
                trap 'echo interrupted; pintle health && exit 5' INT
                echo ready
                while :; do sleep 0.1; done
                """, "ready", String.valueOf(CONTROL_C));
        assertEquals(5, result.code(), result.output());
        assertTrue(result.output().contains("interrupted\n"), result.output());
    }

    @Test
    void aServiceHasNoTerminal() throws IOException, InterruptedException {
        container.service(
                "blind",
                "type = oneshot\ncommand = sh -c '! test -t 0 && ! (: </dev/tty) 2>/dev/null && echo without terminal'\n");
        Programs.Result result = typeTo("echo ready; exit 0\n", "ready", "");
        assertEquals(0, result.code(), result.output());
        assertTrue(result.output().contains("without terminal\n"), result.output());
    }
}
