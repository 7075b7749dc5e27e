package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Trees that were run under s6-overlay, and recorded, run under Pintle with the tarballs over them and nothing converted. Each
 * difference is one that {@code archive-differences.txt} announces by a name. All variants are played but those that need a
 * terminal or a standard input of Docker's. The programs of s6 and execline that s6-overlay brings are Debian's here.
 */
class ArchiveEquivalenceIT {

    private static final Path TARBALLS = Path.of(System.getProperty("tarballs", "../overlay-tarball/target"));
    private static final Path EXECLINE = Path.of("/usr/lib/execline/bin");

    private final OraclePlay play = new OraclePlay("/archive-differences.txt");

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void require() {
        Machine.require("unshare", "nsenter", "setpriv", "gcc", "bash", "tar", "s6-log");
        Assumptions.assumeTrue(Files.isDirectory(EXECLINE), () -> "NOT RUN: there is no " + EXECLINE);
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> asTheyAre() throws IOException {
        return play.tests(directory, this::variant);
    }

    private void variant(OracleVariant variant, OracleContainer container) throws IOException, InterruptedException {
        if (variant.lines("run.txt").stream().noneMatch(line -> line.startsWith("-t") || line.startsWith("-i"))) {
            s6Overlay(container.root());
            tarballs(container.root());
            play.compare(variant, container.run());
        }
    }

    /** What an image of s6-overlay has in {@code /command}, and the links to it that the recording had. */
    private static void s6Overlay(Path root) throws IOException {
        Path command = Files.createDirectories(root.resolve("command"));
        for (Path place : List.of(EXECLINE, Path.of("/usr/bin"))) {
            try (Stream<Path> programs = Files.list(place)) {
                for (Path program : programs.toList()) {
                    String name = String.valueOf(program.getFileName());
                    if (place.equals(EXECLINE) || name.startsWith("s6-")) {
                        Files.createSymbolicLink(command.resolve(name), program);
                    }
                }
            }
        }
        Path usual = Files.createDirectories(root.resolve("usr/bin"));
        for (String name : List.of("with-contenv", "execlineb")) {
            Files.createSymbolicLink(usual.resolve(name), Path.of("/command", name));
        }
        Machine.write(root, "init", "#!/bin/sh\nexit 99\n", true);
    }

    private static void tarballs(Path root) throws IOException {
        for (String name : List.of("overlay", "s6")) {
            try (Stream<Path> files = Files.list(TARBALLS)) {
                String pattern = "pintle-" + name + "-.*-" + architecture() + "\\.tar\\.gz";
                Path tarball = files.filter(
                                file -> String.valueOf(file.getFileName()).matches(pattern))
                        .findFirst()
                        .orElseThrow(() -> new IOException("there is no " + pattern + " in " + TARBALLS));
                assertEquals(0, Machine.run(List.of("tar", "xzf", tarball.toString(), "-C", root.toString())));
            }
        }
    }

    private static String architecture() {
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }

    @AfterEach
    void nothingIsAnnouncedInVain() {
        if (play.isComplete()) {
            play.announcements().assertNoneIsVain();
            assertTrue(play.played() > 100 && play.compared() > 5000, play::toString);
        }
    }
}
