package dev.pintle.init.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Plays worlds, more of them in CI. {@code -Dsim.worlds=1000000} plays so many, {@code -Dsim.seed=17} begins with that one; a world that fails
 * is told with its seed and its whole course, and {@code -Dsim.seed=SEED -Dsim.worlds=1} plays it again.
 */
final class WorldsTest {
    private static final long WORLDS = Long.getLong("sim.worlds", System.getenv("CI") == null ? 20_000 : 200_000);
    private static final long FIRST_SEED = Long.getLong("sim.seed", 1);
    private static final int FAILURES_SHOWN = 5;
    private static final int LINES_SHOWN = 400;

    @Test
    void everyWorldKeepsTheRules() {
        List<Long> failed = new ArrayList<>();
        StringBuilder report = new StringBuilder();
        long before = System.nanoTime();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + WORLDS; seed++) {
            List<String> violations = new WorldRun(WorldGenerator.make(seed), false).run();
            if (!violations.isEmpty()) {
                failed.add(seed);
                if (failed.size() <= FAILURES_SHOWN) {
                    report.append(explain(seed, violations));
                }
            }
        }
        long millis = Math.max(1, (System.nanoTime() - before) / 1_000_000);
        System.out.println("simulation: " + WORLDS + " worlds from seed " + FIRST_SEED + " on in " + millis + " ms, "
                + WORLDS * 1000 / millis + " worlds/s, " + failed.size() + " failed");
        if (!failed.isEmpty()) {
            fail(failed.size() + " of " + WORLDS + " worlds break the rules; seeds "
                    + failed.subList(0, Math.min(failed.size(), 20)) + report);
        }
    }

    private static String explain(long seed, List<String> violations) {
        World world = WorldGenerator.make(seed);
        WorldRun again = new WorldRun(world, true);
        again.run();
        List<String> trace = again.trace();
        StringBuilder text = new StringBuilder("\n\n").append(world.describe());
        for (String line : trace.subList(0, Math.min(trace.size(), LINES_SHOWN))) {
            text.append("\n    ").append(line);
        }
        for (String violation : violations) {
            text.append("\n  ").append(violation);
        }
        return text.append("\n  again with -Dsim.seed=")
                .append(seed)
                .append(" -Dsim.worlds=1")
                .toString();
    }

    @Test
    void aSeedGivesOneCourseOfEvents() {
        for (long seed = 1; seed <= 20; seed++) {
            WorldRun first = new WorldRun(WorldGenerator.make(seed), true);
            WorldRun second = new WorldRun(WorldGenerator.make(seed), true);
            first.run();
            second.run();
            assertEquals(first.trace(), second.trace());
        }
    }
}
