package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.Conversion;
import dev.pintle.convert.parse.runit.RunitParser.PhusionMode;
import dev.pintle.convert.read.ImageTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Random services under runsvdir and, converted, under Pintle. {@code -Dequivalence.seed=N} plays others. */
class RunitEquivalenceIT {

    private static final int BATCH = 90;
    private static final long FIRST = Long.getLong("equivalence.seed", 1);
    private static final long COUNT = Long.getLong("equivalence.services", 540);

    /** Long enough for some restarts. */
    private static final long SETTLING_MS = 4500;

    /** A run shorter than a second is followed by the next one no sooner than that. */
    private static final long A_SECOND = 1_000_000_000L;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        Machine.require("runsvdir", "unshare", "gcc");
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> randomServices() {
        return LongStream.iterate(FIRST, seed -> seed < FIRST + COUNT, seed -> seed + BATCH)
                .mapToObj(seed ->
                        DynamicTest.dynamicTest("seeds " + seed + " to " + (seed + BATCH - 1), () -> batch(seed)));
    }

    private void batch(long first) throws IOException, InterruptedException {
        Pair pair = new Pair(directory.resolve("batch" + first));
        Path root = pair.root();
        Accounts.write(root, List.of("app"));
        Machine.write(root, "var/empty dir/.keep", "", false);
        Machine.write(root, "driver", RunitServices.DRIVER, true);
        Set<String> names = LongStream.range(first, first + BATCH)
                .mapToObj(seed -> RunitServices.write(seed, root))
                .collect(Collectors.toSet());
        Conversion conversion =
                Conversion.runit(new ImageTree(root), List.of(root.resolve("etc/service")), PhusionMode.DETECT, false);
        Pair.Seen seen = pair.run(List.of("/driver"), conversion, Map.of(), names, 60, SETTLING_MS);
        compare(names, seen, root);
    }

    private static void compare(Set<String> names, Pair.Seen seen, Path root) throws IOException {
        assertTrue(seen.before().ended(), "the original did not end when it was told to");
        assertTrue(seen.after().ended(), "init did not end when it was told to");
        Comparison comparison = new Comparison(seen.conversion().report());
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            List<ProbeRecord> before = seen.before().records().getOrDefault(name, List.of());
            List<ProbeRecord> after = seen.after().records().getOrDefault(name, List.of());
            if (before.isEmpty() || after.isEmpty()) {
                missing.add(name + ": starts were " + before.size() + " and are " + after.size() + "\n"
                        + Files.readString(root.resolve("etc/service/" + name + "/run")));
                continue;
            }
            comparison.records(name, before.get(0), after.get(0));
            finish(comparison, name, seen);
            restarts(missing, name + " before", before, firstStart(seen.before().records()));
            restarts(missing, name + " after", after, firstStart(seen.after().records()));
            for (String stream : List.of("stdout", "stderr")) {
                comparison.field(
                        name,
                        stream,
                        seen.before().destination(stream, name),
                        seen.after().destination(stream, name));
            }
        }
        assertEquals(
                List.of(),
                missing,
                () -> String.join("\n", missing)
                        + seen.before().stderr()
                        + seen.after().stderr());
        assertEquals(List.of(), comparison.unannounced(), () -> String.join("\n", comparison.unannounced()));
        assertTrue(comparison.compared() > names.size() * 20, "nothing was compared");
        assertTrue(comparison.announced() > 0, "nothing differs: the probe sees nothing");
    }

    private static void finish(Comparison comparison, String name, Pair.Seen seen) {
        List<ProbeRecord> before = seen.before().records().getOrDefault(name + "-finish", List.of());
        List<ProbeRecord> after = seen.after().records().getOrDefault(name + "-finish", List.of());
        comparison.field(name, "finish.ran", String.valueOf(!before.isEmpty()), String.valueOf(!after.isEmpty()));
        if (!before.isEmpty() && !after.isEmpty()) {
            comparison.field(
                    name, "finish.argv", before.get(0).get("argv"), after.get(0).get("argv"));
        }
    }

    /**
     * How much later than it has to be a start is depends on the machine; that it is not sooner, on the supervisor. The
     * probe's first instruction may come late, so starts are counted from the first of all, not from one another.
     */
    private static void restarts(List<String> wrong, String name, List<ProbeRecord> starts, long begun) {
        String behaviour = starts.get(0).all("argv").get(3);
        boolean ends = behaviour.startsWith("exit:") || behaviour.startsWith("kill:");
        if (ends ? starts.size() < 2 : starts.size() != 1) {
            wrong.add(name + ": " + behaviour + " was started " + starts.size() + " times");
        }
        for (int i = 1; i < starts.size(); i++) {
            // One that was killed at once has written nothing of itself.
            long since = starts.get(i).isReady() ? starts.get(i).number("start") - begun : Long.MAX_VALUE;
            if (since < i * A_SECOND * 9 / 10) {
                wrong.add(
                        name + ": " + behaviour + " was started " + (i + 1) + " times in " + since / 1_000_000 + " ms");
            }
        }
    }

    private static long firstStart(Map<String, List<ProbeRecord>> records) {
        return records.values().stream()
                .map(List::stream)
                .flatMap(starts -> starts.limit(1))
                .filter(ProbeRecord::isReady)
                .mapToLong(record -> record.number("start"))
                .min()
                .orElse(0);
    }
}
