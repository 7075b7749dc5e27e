package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Trees that were run under s6-overlay, and recorded, are converted and run under Pintle with the same probe. Each difference is
 * one that {@code oracle-differences.txt} announces by a name; a line of that file that announces nothing is an error, too.
 * All variants are converted. Those are played in which nothing is asked of s6's own programs from outside, which need no option
 * of Docker's, and of which the report says that all that they are about is carried. {@code -Doracle.only=REGEX} plays some.
 */
class OracleEquivalenceIT {

    private static final Path ORACLE = Path.of(System.getProperty("corpus.dir", "../../shared/corpus"), "s6/oracle");

    private static final String ONLY = System.getProperty("oracle.only", ".*");

    private final List<Announced> announced = new ArrayList<>();
    private final Set<Announced> used = ConcurrentHashMap.newKeySet();
    private final AtomicInteger compared = new AtomicInteger();
    private final AtomicInteger played = new AtomicInteger();
    /** Variants that this run has not begun: a second run begins those alone that failed in the first. */
    private final AtomicInteger left = new AtomicInteger();

    @TempDir
    private Path directory = Path.of("");

    /**
     * A kind of difference.
     *
     * @param name  what it is
     * @param regex the lines that it is
     * @param always whether there has to be one; others depend on time
     */
    private record Announced(String name, String regex, boolean always) {}

    @BeforeEach
    void require() {
        Assumptions.assumeTrue(Files.isDirectory(ORACLE), () -> "NOT RUN: there is no oracle in " + ORACLE);
        Machine.require("unshare", "gcc", "bash");
        InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/oracle-differences.txt"));
        String name = "";
        for (String line : text(file).split("\n", -1)) {
            if (line.startsWith("# ")) {
                name = line.substring(2);
            } else if (!line.isBlank()) {
                announced.add(new Announced(name, line.replaceFirst("^\\? ", ""), !line.startsWith("? ")));
            }
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> conversions() throws IOException {
        Path probe = directory.resolve("probe");
        String source = ORACLE.resolve("tools/probe.c").toString();
        assertEquals(0, Machine.run(List.of("gcc", "-static", "-O1", "-o", probe.toString(), source)));
        List<OracleVariant> variants = OracleVariant.all(ORACLE.resolve("cases")).stream()
                .filter(variant -> variant.name().matches(ONLY))
                .toList();
        left.set(variants.size());
        return variants.stream().map(variant -> DynamicTest.dynamicTest(variant.name(), () -> variant(variant, probe)));
    }

    private void variant(OracleVariant variant, Path probe) throws IOException, InterruptedException {
        left.decrementAndGet();
        OracleContainer container =
                new OracleContainer(variant, Files.createDirectories(directory.resolve(variant.name())), probe);
        String report = container.convert();
        boolean docker = !variant.lines("run.txt").isEmpty();
        boolean asks = variant.lines("do.txt").stream().anyMatch(line -> line.startsWith("exec"));
        if (docker || asks || !carried(report)) {
            return;
        }
        OracleContainer.Seen seen = container.run();
        OracleComparison comparison = new OracleComparison(variant, seen);
        List<String> unannounced = comparison.differences().stream()
                .filter(difference -> !isAnnounced(difference))
                .toList();
        assertEquals(List.of(), unannounced, () -> String.join("\n", unannounced) + "\n" + seen.stderr());
        compared.addAndGet(comparison.compared());
        played.incrementAndGet();
    }

    /** The container's end by a script, and a hook, are what these trees are about, and are not carried. */
    private static boolean carried(String report) {
        return !report.contains("/run/s6/basedir/bin/") && !report.contains("\"name\": \"S6_STAGE2_HOOK\"");
    }

    private boolean isAnnounced(String difference) {
        List<Announced> by = announced.stream()
                .filter(each -> difference.matches(each.regex()))
                .toList();
        used.addAll(by);
        return !by.isEmpty();
    }

    @AfterEach
    void nothingIsAnnouncedInVain() {
        if (ONLY.equals(".*") && !announced.isEmpty() && left.get() == 0) {
            List<Announced> vain = announced.stream()
                    .filter(each -> each.always() && !used.contains(each))
                    .toList();
            assertEquals(List.of(), vain);
            assertTrue(played.get() > 30 && compared.get() > 1500, () -> played + " played, " + compared + " compared");
        }
    }
}
