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

/** Random services under runsvdir and, converted, under Pintle. {@code -Dequivalence.seed=N} plays others. */
class RunitEquivalenceIT {

    private static final int BATCH = 90;
    private static final long FIRST = Long.getLong("equivalence.seed", 1);
    private static final long COUNT = Long.getLong("equivalence.services", 540);

    /**
     * runsvdir leaves its services running when it is told to stop, so something has to stop them before. The shell goes:
     * what it starts in the background would ignore SIGINT.
     */
    private static final String DRIVER = """
            #!/bin/sh
            (
              until [ -e /equivalence/stop ]; do sleep 0.1; done
              sv -w 30 force-stop /etc/service/* >/dev/null
              kill -HUP 1
            ) &
            exec env -u PWD -u OLDPWD -u SHLVL -u _ runsvdir -P /etc/service
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        Machine.require("runsvdir", "unshare", "gcc");
    }

    @TestFactory
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
        Machine.write(root, "driver", DRIVER, true);
        Set<String> names = LongStream.range(first, first + BATCH)
                .mapToObj(seed -> RunitServices.write(seed, root))
                .collect(Collectors.toSet());
        Conversion conversion =
                Conversion.runit(new ImageTree(root), List.of(root.resolve("etc/service")), PhusionMode.DETECT, false);
        Pair.Seen seen = pair.run(List.of("/driver"), conversion, Map.of(), names, 60, 300);
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
}
