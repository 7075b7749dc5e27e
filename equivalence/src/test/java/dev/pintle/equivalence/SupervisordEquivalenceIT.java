package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.equivalence.SupervisordPrograms.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Random programs under supervisord and, converted, under Pintle. {@code -Dequivalence.seed=N} plays others. */
class SupervisordEquivalenceIT {

    /** Programs that one supervisord runs; each is a configuration of its own. */
    private static final int BATCH = 60;

    private static final long FIRST = Long.getLong("equivalence.seed", 1);
    private static final long COUNT = Long.getLong("equivalence.programs", 540);

    /**
     * How long they run. How often one is restarted meanwhile depends on how busy the machine is, on both sides, and is not
     * compared: simulation and unit tests hold the restart policy.
     */
    private static final long SETTLING_MS = 11_000;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        Machine.require("supervisord", "unshare", "gcc");
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> randomPrograms() {
        return LongStream.iterate(FIRST, seed -> seed < FIRST + COUNT, seed -> seed + BATCH)
                .mapToObj(seed ->
                        DynamicTest.dynamicTest("seeds " + seed + " to " + (seed + BATCH - 1), () -> batch(seed)));
    }

    private void batch(long first) throws IOException, InterruptedException {
        List<Program> programs = LongStream.range(first, first + BATCH)
                .mapToObj(SupervisordPrograms::of)
                .toList();
        Pair pair = new Pair(directory.resolve("batch" + first));
        Accounts.write(pair.root(), List.of("app"));
        Machine.write(pair.root(), "var/empty dir/.keep", "", false);
        List<String> sections = programs.stream().map(Program::text).toList();
        Set<String> names = programs.stream().map(Program::name).collect(Collectors.toSet());
        Pair.Seen seen = pair.runSupervisord(sections, names, SETTLING_MS);
        compare(programs, seen);
    }

    private static void compare(List<Program> programs, Pair.Seen seen) {
        assertTrue(seen.before().ended(), "the original did not end when it was told to");
        assertTrue(seen.after().ended(), "init did not end when it was told to");
        Comparison comparison = new Comparison(seen.conversion().report());
        List<String> missing = new ArrayList<>();
        for (Program program : programs) {
            List<ProbeRecord> before = seen.before().records().getOrDefault(program.name(), List.of());
            List<ProbeRecord> after = seen.after().records().getOrDefault(program.name(), List.of());
            if (before.isEmpty() || after.isEmpty()) {
                missing.add(program.name() + ": starts were " + before.size() + " and are " + after.size() + "\n"
                        + program.text());
                continue;
            }
            comparison.records(program.name(), before.get(0), after.get(0));
            for (String stream : List.of("stdout", "stderr")) {
                comparison.field(
                        program.name(),
                        stream,
                        seen.before().destination(stream, program.name()),
                        seen.after().destination(stream, program.name()));
            }
        }
        assertEquals(
                List.of(), missing, () -> seen.before().stderr() + seen.after().stderr());
        assertEquals(
                List.of(),
                comparison.unannounced(),
                () -> String.join("\n", comparison.unannounced())
                        + seen.before().stdout());
        assertTrue(comparison.compared() > programs.size() * 20, "nothing was compared");
        assertTrue(comparison.announced() > 0, "nothing differs: the probe sees nothing");
    }
}
