package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

/**
 * Random priorities, and programs that take their time to stop or do not stop at all: both supervisors start and stop them
 * in the same order, give each its time, and begin with the next no sooner. {@code -Dequivalence.seed=N} plays others.
 */
class StopEquivalenceIT {

    private static final long FIRST = Long.getLong("equivalence.seed", 1);
    private static final long COUNT = Long.getLong("equivalence.stops", 10);
    private static final int PROGRAMS = 8;

    /** Longer than startsecs: supervisord 4.2 can miss a SIGTERM that comes before. */
    private static final long SETTLING_MS = 2500;

    private static final long MILLISECOND = 1_000_000L;

    /** What a clock that is read in another process may be behind. */
    private static final long TOLERANCE = 100 * MILLISECOND;

    @TempDir
    private Path directory = Path.of("");

    /**
     * A program that can be stopped.
     *
     * @param patience what it is given to stop, in seconds
     */
    private record Program(String name, int priority, String behaviour, String signal, int patience) {

        static Program of(Random random, int number) {
            String behaviour = List.of("wait", "wait", "slow:" + random.nextInt(900), "ignore")
                    .get(random.nextInt(4));
            return new Program(
                    "p" + number,
                    List.of(-1, 1, 10, 999).get(random.nextInt(4)),
                    behaviour,
                    List.of("TERM", "INT", "QUIT", "USR1").get(random.nextInt(4)),
                    1 + random.nextInt(2));
        }

        String section() {
            return "[program:" + name + "]\ncommand=/probe /equivalence/records " + name + " " + behaviour
                    + "\npriority=" + priority + "\nstopsignal=" + signal + "\nstopwaitsecs=" + patience + "\n";
        }
    }

    @BeforeAll
    static void require() {
        Machine.require("supervisord", "unshare", "gcc");
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> randomOrders() {
        return LongStream.range(FIRST, FIRST + COUNT)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> stop(seed)));
    }

    private void stop(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(Program.of(random, i));
        }
        Pair pair = new Pair(directory.resolve("seed" + seed));
        List<String> sections = programs.stream().map(Program::section).toList();
        Set<String> names = programs.stream().map(Program::name).collect(Collectors.toSet());
        Pair.Seen seen = pair.runSupervisord(sections, names, SETTLING_MS);
        List<String> wrong = new ArrayList<>();
        check("supervisord", programs, seen.before(), wrong);
        check("init", programs, seen.after(), wrong);
        assertEquals(List.of(), wrong, () -> String.join("\n", sections) + String.join("\n", wrong));
    }

    private static void check(String who, List<Program> programs, Observation seen, List<String> wrong) {
        assertTrue(seen.ended(), who + " did not end when it was told to");
        for (Program first : programs) {
            ProbeRecord its = record(seen, first);
            if (its.all("signal.at").isEmpty()) {
                wrong.add(who + " sent " + first.name() + " no signal");
                return;
            }
            for (Program second : programs) {
                if (first.priority() < second.priority()) {
                    order(who, first, its, second, record(seen, second), wrong);
                }
            }
        }
    }

    private static void order(
            String who, Program first, ProbeRecord its, Program second, ProbeRecord others, List<String> wrong) {
        // How soon a process that was forked gets to run is the kernel's to say.
        if (its.number("pid") > others.number("pid")) {
            wrong.add(who + " started " + second.name() + " before " + first.name());
        }
        if (ended(second, others) - TOLERANCE > its.number("signal.at")) {
            wrong.add(who + " stopped " + first.name() + " before " + second.name() + " had ended, or its time was up");
        }
    }

    /** When it had ended; where KILL ended it, when that could come at the earliest. */
    private static long ended(Program program, ProbeRecord record) {
        return program.behaviour().equals("ignore")
                ? record.number("signal.at") + program.patience() * 1000L * MILLISECOND
                : record.number("ended.at");
    }

    private static ProbeRecord record(Observation seen, Program program) {
        List<ProbeRecord> starts = seen.records().getOrDefault(program.name(), List.of());
        assertEquals(1, starts.size(), program.name() + " was not started once");
        return starts.get(0);
    }
}
