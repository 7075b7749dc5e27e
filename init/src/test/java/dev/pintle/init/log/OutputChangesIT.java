package dev.pintle.init.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where a service's output goes is changed by reloads while it prints, from each kind to each other one: no line is lost, be it
 * one of a run that ends for that.
 */
final class OutputChangesIT {
    private static final Pattern LINE = Pattern.compile("(?:line|err) \\d+ \\d+\\.");

    /** It prints while it runs, more when it is told to end, and then how much. */
    private static final String PROGRAM = """
            n=0
            end=
            tell() {
              n=$((n + 1))
              echo "line $$ $n."
              echo "err $$ $n." >&2
            }
            trap end=yes TERM
            while [ -z "$end" ]; do
              for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do tell; done
              sleep 0.01
            done
            for i in 1 2 3 4 5 6 7 8 9; do tell; done
            echo "$$ $n ${KIND:-kept}" >>ledger
            """;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));
    private final Map<String, String> kinds = new TreeMap<>();

    @BeforeEach
    void layOut() throws IOException {
        container = new LaidOut(scratch, "init", "pintle");
        Files.writeString(scratch.resolve("program"), PROGRAM);
        kinds.put("inherit", "");
        kinds.put("null", "[environment]\nKIND = null\n[stdout]\nto = null\n");
        kinds.put("plain file", "[stdout]\nto = file:" + scratch + "/out\nmax_size = 0\n");
        kinds.put("file", "[stdout]\nto = file:" + scratch + "/out\n");
        kinds.put("prefix", "[stdout]\nprefix = yes\n");
        kinds.put("json", "[stdout]\nformat = json\n");
        kinds.put("both streams", "[stdout]\nprefix = yes\n[stderr]\nprefix = yes\n");
        kinds.put("log service", "");
    }

    private void become(String kind) {
        container.run("rm -rf layout/services/web/log");
        container.service(
                "web",
                "command = sh " + scratch + "/program\nworking_dir = " + scratch + "\nstop_grace_period = 20s\n"
                        + kinds.get(kind));
        if (kind.equals("log service")) {
            container.service("web/log", "command = sh -c 'exec cat >>" + scratch + "/out'\n");
        }
    }

    /** The kinds in an order in which each is followed by each other one. */
    private static List<String> tour(Set<String> kinds) {
        List<String> names = new ArrayList<>(kinds);
        List<String> tour = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                tour.add(names.get(i));
                tour.add(names.get(j));
            }
            tour.add(names.get(i));
        }
        return tour;
    }

    @Test
    void noLineIsLostByAChangeOfTheOutput() throws IOException, InterruptedException {
        List<String> tour = tour(kinds.keySet());
        become(tour.get(0));
        Process init = container
                .programs()
                .shell(scratch, "exec init >>console 2>>errors", container.variables())
                .start();
        try {
            for (String kind : tour) {
                become(kind);
                Result result = container.run("until [ -e control ]; do sleep 0.01; done; pintle reload && sleep 0.1 &&"
                        + " pintle wait --timeout 30s web && sleep 0.1");
                assertEquals(0, result.code(), kind + ": " + result.output() + result.errors());
            }
        } finally {
            init.destroy();
            assertTrue(init.waitFor(30, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, init.exitValue());
        Set<String> missing = expected();
        int all = missing.size();
        missing.removeAll(found("console"));
        missing.removeAll(found("errors"));
        missing.removeAll(found("out"));
        assertTrue(missing.isEmpty(), () -> missing.size() + " of " + all + " lines are lost: " + missing);
    }

    private Set<String> expected() throws IOException {
        Set<String> expected = new HashSet<>();
        for (String run : Files.readAllLines(scratch.resolve("ledger"))) {
            String[] words = run.split(" ", -1);
            for (int i = 1; i <= Integer.parseInt(words[1]); i++) {
                expected.add("err " + words[0] + " " + i + ".");
                if (words[2].equals("kept")) {
                    expected.add("line " + words[0] + " " + i + ".");
                }
            }
        }
        return expected;
    }

    private Set<String> found(String file) throws IOException {
        Set<String> found = new HashSet<>();
        Matcher matcher = LINE.matcher(Files.readString(scratch.resolve(file), StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
