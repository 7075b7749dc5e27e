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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that print much more than their log files may hold: under both supervisors there are as many files, and together
 * they hold the end of what was printed, without a gap. {@code -Dequivalence.seed=N} plays others.
 */
class LogFileEquivalenceIT {

    private static final long FIRST = Long.getLong("equivalence.seed", 1);
    private static final long COUNT = 24;

    /** More than supervisord reads at a time, for each file that is kept. */
    private static final int LINES = 12_000;

    @TempDir
    private Path directory = Path.of("");

    /**
     * A program with a log file.
     *
     * @param size    at which the file is set aside; 0: never, -1: not set
     * @param backups that are kept; -1: not set
     */
    private record Program(String name, int size, int backups, boolean redirects) {

        static Program of(long seed) {
            Random random = new Random(seed);
            int size = List.of(0, -1, 1000, 4096, 20_000).get(random.nextInt(5));
            return new Program("p" + seed, size, random.nextInt(5) - 1, random.nextBoolean());
        }

        boolean rotates() {
            return size > 0;
        }

        int kept() {
            return backups < 0 ? 10 : backups;
        }

        String section() {
            return "[program:" + name + "]\ncommand=/probe /equivalence/records " + name + " lines:" + LINES
                    + "\nstdout_logfile=/equivalence/logs/" + name
                    + (size < 0 ? "" : "\nstdout_logfile_maxbytes=" + size)
                    + (backups < 0 ? "" : "\nstdout_logfile_backups=" + backups)
                    + "\nredirect_stderr=" + redirects + "\nstderr_logfile=NONE\n";
        }
    }

    @BeforeAll
    static void require() {
        Machine.require("supervisord", "unshare", "gcc");
    }

    @Test
    void filesHoldTheSame() throws IOException, InterruptedException {
        List<Program> programs =
                LongStream.range(FIRST, FIRST + COUNT).mapToObj(Program::of).toList();
        Pair pair = new Pair(directory);
        List<String> sections = programs.stream().map(Program::section).toList();
        Set<String> names = programs.stream().map(Program::name).collect(Collectors.toSet());
        Pair.Seen seen = pair.runSupervisord(sections, names, 2500);
        for (Program program : programs) {
            compare(program, seen.before(), seen.after());
        }
    }

    private static void compare(Program program, Observation before, Observation after) {
        List<String> old = files(program, before);
        List<String> fresh = files(program, after);
        assertEquals(old.size(), fresh.size(), program + ": the number of files");
        assertEquals(program.rotates() ? program.kept() + 1 : 1, fresh.size(), program + ": the number of files");
        String printed = Printed.text(program.name(), LINES);
        for (List<String> files : List.of(old, fresh)) {
            String kept = Printed.withoutErrors(String.join("", files));
            assertTrue(printed.endsWith(kept), () -> program + ": what is kept is not the end of what was printed");
            assertTrue(program.rotates() || kept.equals(printed), () -> program + ": not all was kept");
        }
        if (program.rotates()) {
            for (String file : fresh.subList(0, fresh.size() - 1)) {
                assertTrue(file.length() <= program.size(), () -> program + ": a file is larger than it may be");
                assertTrue(
                        file.length() > program.size() - Printed.LINE,
                        () -> program + ": a file was set aside too early");
            }
        }
    }

    /** The texts of the files, the oldest first. */
    private static List<String> files(Program program, Observation seen) {
        List<String> texts = new ArrayList<>();
        String current = seen.files().get(program.name());
        if (current != null) {
            texts.add(current);
        }
        for (int i = 1; seen.files().containsKey(program.name() + "." + i); i++) {
            texts.add(0, seen.files().getOrDefault(program.name() + "." + i, ""));
        }
        return texts;
    }
}
