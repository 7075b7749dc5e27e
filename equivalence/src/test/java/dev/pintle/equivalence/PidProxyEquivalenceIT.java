package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Daemons behind supervisor's pidproxy, and behind Pintle's: each gets the signal that stops it. */
class PidProxyEquivalenceIT {

    /** What such commands are: something that keeps a daemon, and writes down its pid. */
    private static final String KEEPER = """
            #!/bin/sh
            /probe /equivalence/records "$1" "$2" word 'two words' &
            echo $! > /tmp/$1.pid
            wait
            """;

    private static final Map<String, Integer> SIGNALS =
            Map.of("TERM", 15, "INT", 2, "QUIT", 3, "HUP", 1, "USR1", 10, "USR2", 12);

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        Machine.require("supervisord", "pidproxy", "unshare", "gcc");
    }

    @Test
    void theDaemonGetsTheSignal() throws IOException, InterruptedException {
        Map<String, Integer> programs = new TreeMap<>();
        List<String> sections = new ArrayList<>();
        for (String behaviour : List.of("wait", "slow:500")) {
            SIGNALS.forEach((signal, number) -> {
                String name = signal.toLowerCase(Locale.ROOT) + behaviour.charAt(0);
                programs.put(name, number);
                sections.add("[program:" + name + "]\ncommand=/usr/bin/pidproxy /tmp/" + name + ".pid /keeper " + name
                        + " " + behaviour + "\nstopsignal=" + signal + "\nstopwaitsecs=2\n");
            });
        }
        Pair pair = new Pair(directory);
        Machine.write(pair.root(), "keeper", KEEPER, true);
        Pair.Seen seen = pair.runSupervisord(sections, programs.keySet(), 2500);
        List<String> wrong = new ArrayList<>();
        programs.forEach((name, number) -> {
            Map<String, String> before = daemon(seen.before(), name);
            Map<String, String> after = daemon(seen.after(), name);
            if (before.isEmpty() || !before.equals(after)) {
                wrong.add(name + ": it was " + before + " and is " + after);
            }
            // init tells those that are left at its own end to stop, too.
            for (Observation each : List.of(seen.before(), seen.after())) {
                List<String> signals =
                        first(each, name).map(record -> record.all("signal")).orElse(List.of());
                if (!signals.contains(number.toString())) {
                    wrong.add(name + " did not get signal " + number);
                }
            }
        });
        assertEquals(
                List.of(), wrong, () -> String.join("\n", wrong) + seen.after().stderr());
        assertTrue(seen.after().ended(), "init did not end when it was told to");
    }

    private static Map<String, String> daemon(Observation seen, String name) {
        Map<String, String> daemon = new TreeMap<>();
        first(seen, name).ifPresent(record -> {
            for (String field : List.of("argv", "cwd", "umask", "nice", "uid", "gid")) {
                daemon.put(field, record.get(field));
            }
        });
        return daemon;
    }

    private static Optional<ProbeRecord> first(Observation seen, String name) {
        return seen.records().getOrDefault(name, List.of()).stream().findFirst();
    }
}
