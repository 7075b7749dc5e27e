package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.Conversion;
import dev.pintle.convert.parse.runit.RunitParser.PhusionMode;
import dev.pintle.convert.read.ImageTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services of runit that switch themselves off by {@code exit 0}: which of them run is the same under both. runsv tries each
 * of the others again every second; init does once, and their log says so once.
 */
class OffSwitchEquivalenceIT {

    private static final Map<String, String> SWITCHES = Map.of(
            "list", "[ \"$SWITCH\" = on ] || exit 0",
            "branch", "if [ \"$SWITCH\" != on ]; then\n  echo \"NAME is off\"\n  exit 0\nfi",
            "file", "test -f /etc/NAME-enabled || { exit 0; }",
            "choice", "case $SWITCH in\n  on) ;;\n  *) exit 0 ;;\nesac",
            "and", "[ -z \"${SWITCH#off}\" ] && exit 0");

    private static final long SETTLING_MS = 4500;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        Machine.require("runsvdir", "unshare", "gcc");
    }

    @Test
    void whatIsOffStaysOff() throws IOException, InterruptedException {
        Pair pair = new Pair(directory);
        Machine.write(pair.root(), "driver", RunitServices.DRIVER, true);
        Map<String, Boolean> services = new TreeMap<>();
        SWITCHES.forEach((kind, text) -> {
            for (boolean on : List.of(true, false)) {
                String name = kind + (on ? "-on" : "-off");
                services.put(name, on);
                if (on) {
                    Machine.write(pair.root(), "etc/" + name + "-enabled", "", false);
                }
                String script = "#!/bin/sh\nexec 2>&1\nSWITCH=" + (on ? "on" : "off") + "\necho \"NAME tries\"\n" + text
                        + "\nexec /probe /equivalence/records NAME wait\n";
                Machine.write(pair.root(), "etc/service/" + name + "/run", script.replace("NAME", name), true);
            }
        });
        TreeSet<String> on = new TreeSet<>(services.keySet());
        on.removeIf(name -> !services.getOrDefault(name, false));
        Conversion conversion = Conversion.runit(
                new ImageTree(pair.root()), List.of(pair.root().resolve("etc/service")), PhusionMode.DETECT, false);
        Pair.Seen seen = pair.run(List.of("/driver"), conversion, Map.of(), on, 60, SETTLING_MS);
        assertEquals(on, new TreeSet<>(seen.before().records().keySet()));
        assertEquals(
                on, new TreeSet<>(seen.after().records().keySet()), seen.after().stderr());
        List<String> wrong = new ArrayList<>();
        services.forEach((name, isOn) -> {
            long before = tries(seen.before(), name);
            long after = tries(seen.after(), name);
            if (isOn ? before != 1 || after != 1 : before < 2 || after != 1) {
                wrong.add(name + " tried " + before + " times, and tries " + after + " times");
            }
        });
        assertEquals(
                List.of(), wrong, () -> String.join("\n", wrong) + seen.after().stdout());
        assertTrue(seen.after().ended(), "init did not end when it was told to");
    }

    private static long tries(Observation seen, String name) {
        return seen.stdout()
                .lines()
                .filter(line -> line.endsWith(name + " tries"))
                .count();
    }
}
