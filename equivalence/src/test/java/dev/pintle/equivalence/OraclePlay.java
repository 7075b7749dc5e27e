package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** Plays recorded variants of trees, and counts what is compared. */
final class OraclePlay {

    private static final Path ORACLE = Path.of(System.getProperty("corpus.dir", "../../shared/corpus"), "s6/oracle");

    private static final String ONLY = System.getProperty("oracle.only", ".*");

    private final Announcements announcements;
    private final AtomicInteger compared = new AtomicInteger();
    private final AtomicInteger played = new AtomicInteger();
    /** Variants that this run has not begun: a second run begins those alone that failed in the first. Negative: there are none yet. */
    private final AtomicInteger left = new AtomicInteger(-1);

    /** What is done with a variant. */
    interface Act {
        /** Plays it in a container of its own, which has the tree and the probe. */
        void play(OracleVariant variant, OracleContainer container) throws IOException, InterruptedException;
    }

    /** Its differences may be those that a resource announces. */
    OraclePlay(String differences) {
        this.announcements = new Announcements(differences);
    }

    /** A test for each variant that is wanted. */
    Stream<DynamicTest> tests(Path directory, Act act) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(ORACLE), () -> "NOT RUN: there is no oracle in " + ORACLE);
        Path probe = directory.resolve("probe");
        String source = ORACLE.resolve("tools/probe.c").toString();
        assertEquals(0, Machine.run(List.of("gcc", "-static", "-O1", "-o", probe.toString(), source)));
        List<OracleVariant> variants = OracleVariant.all(ORACLE.resolve("cases")).stream()
                .filter(variant -> variant.name().matches(ONLY))
                .toList();
        left.set(variants.size());
        return variants.stream()
                .map(variant -> DynamicTest.dynamicTest(variant.name(), () -> {
                    left.decrementAndGet();
                    Path own = Files.createDirectories(directory.resolve(variant.name()));
                    try {
                        act.play(variant, new OracleContainer(variant, own, probe));
                    } finally {
                        // It is full of links that lead out of it, and JUnit has a warning for each.
                        Machine.run(List.of("rm", "-rf", own.resolve("root").toString()));
                    }
                }));
    }

    /** Fails where something differs, and nothing announces it. */
    void compare(OracleVariant variant, OracleContainer.Seen seen) {
        OracleComparison comparison = new OracleComparison(variant, seen);
        List<String> unannounced = announcements.missing(comparison.differences());
        assertEquals(List.of(), unannounced, () -> String.join("\n", unannounced) + "\n" + seen.stderr());
        compared.addAndGet(comparison.compared());
        played.incrementAndGet();
    }

    Announcements announcements() {
        return announcements;
    }

    /** Whether all variants were begun. */
    boolean isComplete() {
        return ONLY.equals(".*") && left.get() == 0;
    }

    int compared() {
        return compared.get();
    }

    int played() {
        return played.get();
    }

    @Override
    public String toString() {
        return played + " played, " + compared + " compared";
    }
}
