package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The binary as PID 1 of a root that holds nothing but itself, a layout and a static program: no shell, no /dev, no /proc,
 * no /tmp, no /etc/passwd.
 */
final class EmptyRootIT {
    private static final Path BINARY = Path.of(System.getProperty("pintle.binary", ""));
    private static final String PROGRAM = """
            #include <stdio.h>
            #include <stdlib.h>
            #include <unistd.h>
            int main(int argc, char** argv) {
                printf("%s runs, parent %d\\n", argv[1], getppid());
                fflush(stdout);
                if (argc > 2) return atoi(argv[2]);
                for (;;) pause();
            }
            """;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private Path root = Path.of("/nonexistent");

    @BeforeEach
    void makeRoot() throws IOException, InterruptedException {
        root = scratch.resolve("root");
        Path service = root.resolve("etc/pintle/services/web");
        Files.createDirectories(service);
        Files.writeString(service.resolve("service.conf"), "command = /program web\n");
        Files.copy(BINARY, root.resolve("init"));
        Path source = scratch.resolve("program.c");
        Files.writeString(source, PROGRAM);
        Process compiler = new ProcessBuilder(
                        MuslCompiler.name(),
                        "-static",
                        "-o",
                        root.resolve("program").toString(),
                        source.toString())
                .inheritIO()
                .start();
        assertEquals(0, compiler.waitFor());
    }

    /** Without root, a user namespace gives the right to chroot. */
    private Process start(String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child"));
        if (!"root".equals(System.getProperty("user.name"))) {
            line.addAll(List.of("--user", "--map-root-user"));
        }
        line.addAll(List.of("chroot", root.toString(), "/init"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("PINTLE_CONTROL", "/control");
        return builder.start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("it does not end");
        }
        return process.exitValue();
    }

    @Test
    void startsAServiceAndStopsOnTerm() throws IOException, InterruptedException {
        Process unshare = start();
        try (BufferedReader output = unshare.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("web runs, parent 1", output.readLine());
            unshare.children().forEach(ProcessHandle::destroy);
            assertEquals(0, exitCode(unshare));
            assertEquals(null, output.readLine(), "and says nothing else");
        }
    }

    @Test
    void endsWithTheCodeOfItsCommand() throws IOException, InterruptedException {
        Process unshare = start("/program", "main", "7");
        try (BufferedReader output = unshare.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("web runs, parent 1", output.readLine());
            assertEquals("main runs, parent 1", output.readLine());
            assertEquals(7, exitCode(unshare));
        }
    }

    /** The root has no devices either, not even /dev/null. */
    @Test
    void answersItsUsers() throws IOException, InterruptedException {
        Files.copy(BINARY, root.resolve("pintle"));
        Process unshare = start("/pintle", "health");
        String said = new String(unshare.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, exitCode(unshare), said);
    }

    @Test
    void refusesAWrongLayout() throws IOException, InterruptedException {
        Files.writeString(root.resolve("etc/pintle/services/web/service.conf"), "comand = /program web\n");
        Process unshare = start();
        String said = new String(unshare.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(100, exitCode(unshare));
        assertTrue(said.contains("comand"), said);
    }
}
