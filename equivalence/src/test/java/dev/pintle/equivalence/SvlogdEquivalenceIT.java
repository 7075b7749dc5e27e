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
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services that print much more than their log directories may hold, through runit's svlogd and, converted, through
 * Pintle's loggers: there are as many files, and together they hold the end of what was printed, without a gap.
 * {@code -Dequivalence.seed=N} plays others.
 */
class SvlogdEquivalenceIT {

    private static final long FIRST = Long.getLong("equivalence.seed", 1);
    private static final long COUNT = 16;
    private static final int LINES = 6_000;
    private static final String LOGS = "/equivalence/logs/";

    @TempDir
    private Path directory = Path.of("");

    /**
     * A service and its logger.
     *
     * @param carried whether log/run does more than to execute svlogd, so that it cannot become keys
     * @param size    at which a file is set aside
     * @param kept    files beside the current one
     */
    private record Service(String name, boolean carried, int size, int kept) {

        static Service of(long seed) {
            Random random = new Random(seed);
            int size = List.of(5_000, 20_000, 60_000).get(random.nextInt(3));
            return new Service("s" + seed, random.nextBoolean(), size, 1 + random.nextInt(4));
        }

        void write(Path root) {
            String service = "etc/service/" + name;
            Machine.write(
                    root,
                    service + "/run",
                    "#!/bin/sh\nexec 2>&1\nexec /probe /equivalence/records " + name + " lines:" + LINES + "\n",
                    true);
            String config = "s" + size + "\\nn" + kept + "\\n";
            String prepare = "printf '" + config + "' >" + LOGS + name + "/config\n";
            Machine.write(
                    root,
                    service + "/log/run",
                    "#!/bin/sh\n" + (carried ? prepare : "") + "exec svlogd " + LOGS + name + "\n",
                    true);
            Machine.write(root, LOGS + name + "/config", carried ? "" : config.replace("\\n", "\n"), false);
        }
    }

    @BeforeAll
    static void require() {
        Machine.require("runsvdir", "svlogd", "unshare", "gcc");
    }

    @Test
    void directoriesHoldTheSame() throws IOException, InterruptedException {
        Pair pair = new Pair(directory);
        Path root = pair.root();
        List<Service> services =
                LongStream.range(FIRST, FIRST + COUNT).mapToObj(Service::of).toList();
        services.forEach(service -> service.write(root));
        Machine.write(root, "driver", RunitServices.DRIVER, true);
        Conversion conversion =
                Conversion.runit(new ImageTree(root), List.of(root.resolve("etc/service")), PhusionMode.DETECT, false);
        Set<String> names = services.stream().map(Service::name).collect(Collectors.toSet());
        Pair.Seen seen = pair.run(List.of("/driver"), conversion, Map.of(), names, 60, 2500);
        for (Service service : services) {
            boolean runs = seen.conversion().files().containsKey("etc/pintle/services/" + service.name() + "/log/run");
            assertEquals(service.carried(), runs, service + ": there is a log service");
            compare(service, seen.before(), seen.after());
        }
    }

    private static void compare(Service service, Observation before, Observation after) {
        List<String> old = texts(service, before, true);
        List<String> fresh = texts(service, after, service.carried());
        assertEquals(service.kept() + 1, old.size(), service + ": files of runit's");
        assertEquals(old.size(), fresh.size(), service + ": files");
        String printed = Printed.text(service.name(), LINES);
        for (List<String> files : List.of(old, fresh)) {
            String kept = Printed.withoutErrors(String.join("", files));
            assertTrue(printed.endsWith(kept), () -> service + ": what is kept is not the end of what was printed");
            for (String file : files) {
                assertTrue(file.length() <= service.size(), () -> service + ": a file is larger than it may be");
            }
        }
    }

    /** The texts of the files, the oldest first: svlogd names those that are set aside by their time. */
    private static List<String> texts(Service service, Observation seen, boolean bySvlogd) {
        List<String> texts = new ArrayList<>();
        seen.files().forEach((name, text) -> {
            boolean aside = name.startsWith(service.name() + (bySvlogd ? "/@" : "/current."));
            if (aside) {
                texts.add(bySvlogd ? texts.size() : 0, text);
            }
        });
        texts.add(seen.files().getOrDefault(service.name() + "/current", ""));
        return texts;
    }
}
