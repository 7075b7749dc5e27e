package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What the tests need of the machine that they run on. */
final class Machine {

    /** The native init, which another module has built. */
    static final Path INIT =
            Path.of("../init/target/native/pintle").toAbsolutePath().normalize();

    private static final Path PROBE = Path.of("target/probe").toAbsolutePath();

    private Machine() {}

    /** Aborts the test, and says why, where a program or a privilege is missing. */
    static void require(String... programs) {
        List<String> missing = new ArrayList<>();
        for (String program : programs) {
            if (Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
                    .noneMatch(d -> Files.isExecutable(Path.of(d, program)))) {
                missing.add(program);
            }
        }
        if (!Files.isExecutable(INIT)) {
            missing.add(INIT.toString());
        }
        Assumptions.assumeTrue(
                missing.isEmpty(),
                () -> "NOT RUN: the machine has no " + String.join(", ", missing) + " (scripts/prerequisites test)");
        Assumptions.assumeTrue(
                canMakeRoots(), "NOT RUN: equivalence needs root, and a kernel with namespaces and overlayfs");
    }

    private static boolean canMakeRoots() {
        String script = "mount -t tmpfs none /mnt && mkdir /mnt/u /mnt/w /mnt/r && mount -t overlay overlay"
                + " -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/r";
        return run(List.of("unshare", "--fork", "--pid", "--mount", "sh", "-c", script)) == 0;
    }

    /** The probe, compiled once. */
    static synchronized Path probe() {
        if (!Files.exists(PROBE)) {
            assertEquals(
                    0,
                    run(List.of("gcc", "-static", "-O1", "-Wall", "-o", PROBE.toString(), "src/test/c/probe.c")),
                    "the probe does not compile");
        }
        return PROBE;
    }

    /** A program's exit code; what it says is thrown away. */
    static int run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (InputStream said = process.getInputStream()) {
                said.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a file below a root, with the directories that it needs. */
    static void write(Path root, String path, String text, boolean executable) {
        Path file = root.resolve(path.startsWith("/") ? path.substring(1) : path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
            file.toFile().setExecutable(executable, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
