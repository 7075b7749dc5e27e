package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.PintleConvert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Trees that were run under s6-overlay, and recorded, are converted and run under Pintle with the same probe. Each difference is
 * one that {@code oracle-differences.txt} announces by a name; a line of that file that announces nothing is an error, too.
 * All variants are converted. Those are played in which nothing is asked of s6's own programs from outside, which need no option
 * of Docker's, and of which the report says that all that they are about is carried. {@code -Doracle.only=REGEX} plays some.
 */
class OracleEquivalenceIT {

    private static final List<String> PROGRAMS =
            List.of("s6-setuidgid", "s6-envdir", "s6-notifyoncheck", "with-contenv", "printcontenv");
    private static final List<String> OWN_PROGRAMS =
            List.of("pintle", "pintle-env", "pintle-setuser", "pintle-log", "pintle-check-tcp", "pintle-chown");

    private final OraclePlay play = new OraclePlay("/oracle-differences.txt");

    @TempDir
    private Path directory = Path.of("");

    @BeforeEach
    void require() {
        Machine.require("unshare", "gcc", "bash");
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> conversions() throws IOException {
        return play.tests(directory, this::variant);
    }

    private void variant(OracleVariant variant, OracleContainer container) throws IOException, InterruptedException {
        overlay(container.root());
        String report = convert(variant, container.root());
        boolean docker = !variant.lines("run.txt").isEmpty();
        boolean asks = variant.lines("do.txt").stream().anyMatch(line -> line.startsWith("exec"));
        if (!docker && !asks && carried(report)) {
            play.compare(variant, container.run());
        }
    }

    private static void overlay(Path root) throws IOException {
        Files.copy(Machine.INIT, root.resolve("init"));
        Path compat = Files.createDirectories(root.resolve("usr/lib/pintle/compat/s6"));
        for (String program : PROGRAMS) {
            Files.createSymbolicLink(compat.resolve(program), Path.of("/init"));
        }
        Path programs = Files.createDirectories(root.resolve("usr/bin"));
        for (String program : OWN_PROGRAMS) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/init"));
        }
    }

    /** Converts the tree; returns the report as JSON. */
    private static String convert(OracleVariant variant, Path root) {
        List<String> words = new ArrayList<>(List.of("s6", root.toString(), "-o", root.toString(), "--json"));
        variant.environment().forEach((name, value) -> {
            if (name.startsWith("S6_")) {
                words.addAll(List.of("--env", name + "=" + value));
            }
        });
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, words.toArray(String[]::new));
        assertEquals(0, code, () -> variant.name() + " is not converted: " + err);
        return out.toString();
    }

    /** The container's end by a script, and a hook, are what these trees are about, and are not carried. */
    private static boolean carried(String report) {
        return !report.contains("/run/s6/basedir/bin/") && !report.contains("\"name\": \"S6_STAGE2_HOOK\"");
    }

    @AfterEach
    void nothingIsAnnouncedInVain() {
        if (play.isComplete()) {
            play.announcements().assertNoneIsVain();
            assertTrue(play.played() > 30 && play.compared() > 1500, play::toString);
        }
    }
}
