package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one start takes of the native init, where what it reads and looks for is much: it does nothing else meanwhile. */
final class StartBoundsIT {
    /** KiB: half of what all places of a long PATH took at once. */
    private static final int MOST_MEMORY = 24_000;

    private static final int STARTS = 10;
    /** Milliseconds. */
    private static final int MOST_OF_A_START = 50;

    /** Nanoseconds. */
    private static final long PATIENCE = 20_000_000_000L;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
    }

    private static String lines(int count, String format) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(format, i, 10_000 + i))
                .collect(Collectors.joining());
    }

    /** To look for each by itself would take half a minute. */
    @Test
    void thousandsOfGroupsAndAHundredSocketsOfAUserAreLookedForAtOnce() throws IOException {
        String namespace = container.programs().namespace(scratch, "--mount");
        assumeTrue(namespace.contains("--mount") && !namespace.contains("--user"), "only root can become other users");
        Files.writeString(
                scratch.resolve("passwd"), "root:x:0:0::/:/bin/sh\n" + lines(15_000, "user%d:x:%d:7::/:/bin/sh\n"));
        Files.writeString(scratch.resolve("group"), "root:x:0:\n" + lines(20_000, "group%d:x:%d:someone,other\n"));
        container.service(
                "groups",
                "command = sh -c 'sed -n s/^Groups://p /proc/self/status | wc -w >groups; exec sleep 1000'\ngroups ="
                        + lines(4_000, " group1%04d") + "\n");
        container.service(
                "sockets",
                "command = sleep 1000\nuser = user14999\nlisten =" + lines(128, " unix:" + scratch + "/s%d") + "\n");
        Files.writeString(
                scratch.resolve("script"),
                "mount --bind passwd /etc/passwd; mount --bind group /etc/group; chmod 755 .\n"
                        + "exec timeout 60 init sh -c 'until pintle wait groups sockets && [ -s groups ]; do sleep 0.1; done;"
                        + " cat groups; stat -c %u s127'\n");
        long before = System.nanoTime();
        Result result = container.run("exec " + namespace + "sh script");
        assertEquals("4000\n24999\n", result.output(), result.errors());
        assertTrue(System.nanoTime() - before < PATIENCE, "it does not take long");
    }

    /** For as long as it looks for them, PID 1 does nothing else: 120 ms of each start before they were looked for as bytes. */
    @Test
    void aStartTakesLittleWhereUsersAndGroupsAreAsManyAsAreRead() throws IOException {
        String namespace = container.programs().namespace(scratch, "--mount");
        assumeTrue(namespace.contains("--mount") && !namespace.contains("--user"), "only root can become other users");
        Files.writeString(
                scratch.resolve("passwd"),
                "root:x:0:0::/:/bin/sh\n" + lines(50_000, "u%d:x:%d:7::/:\n") + "app:x:7:7::/:\n");
        Files.writeString(
                scratch.resolve("group"), "root:x:0:\n" + lines(60_000, "g%d:x:%d:\n") + "app:x:7:\nmore:x:8:app\n");
        container.service(
                "many",
                "command = sh -c 'id -G >$PINTLE_SERVICE; exec sleep 1000'\nuser = app:app\ninstances = " + STARTS
                        + "\n");
        Files.writeString(
                scratch.resolve("script"),
                "mount --bind passwd /etc/passwd; mount --bind group /etc/group; chmod 777 .\n"
                        + "exec init sh -c 'until pintle wait many && [ -s many-1 ]; do sleep 0.1; done;"
                        + " cat many-1; cut -d \" \" -f 1 /proc/1/schedstat'\n");
        Result result = container.run("exec " + namespace + "sh script");
        assertTrue(result.output().startsWith("7 8\n"), result.output() + result.errors());
        long taken = Long.parseLong(result.output().substring(4).trim()) / 1_000_000;
        assertTrue(taken < STARTS * MOST_OF_A_START, () -> taken + " ms of processor time");
    }

    @Test
    void thePlacesOfALongPathAreNotAllInMemory() throws IOException, InterruptedException {
        String program = "p".repeat(200);
        container.service("good", "command = sleep 100000\n");
        container.service(
                "bad",
                "command = " + program + "\nrestart = no\non_failed = ignore\n[environment]\nPATH = "
                        + "a:".repeat(60_000) + "\n");
        Process init = container
                .programs()
                .shell(scratch, "exec init 2>said", container.variables())
                .start();
        try {
            Result status = container.run("until pintle status bad | grep failed; do sleep 0.1; done");
            assertTrue(status.output().contains("ENOENT"), status.output());
            String memory = Files.readString(Path.of("/proc/" + init.pid() + "/status"));
            Matcher peak = Pattern.compile("VmHWM:\\s*(\\d+) kB").matcher(memory);
            assertTrue(peak.find() && Integer.parseInt(peak.group(1)) < MOST_MEMORY, memory);
            Result check = container.run("pintle check 2>&1");
            assertEquals(1, check.code(), check.output());
            assertTrue(check.output().contains("it is not in PATH"), check.output());
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
    }

    /** Those of a file take the place of those of the same name, however many there are of both. */
    @Test
    void aThousandVariablesReplaceThoseOfTheContainer() throws IOException {
        Files.writeString(scratch.resolve("env"), lines(1_000, "W%d=new\n"));
        container.service(
                "many",
                "command = sh -c 'env | grep ^W >seen.part; mv seen.part seen; exec sleep 1000'\nenvironment_file = "
                        + scratch + "/env\n");
        String own = lines(2_000, " W%d=old");
        Result result = container.run(
                "exec env" + own
                        + " init sh -c 'until [ -e seen ]; do sleep 0.1; done; grep -c new seen; grep -c old seen; sort -u seen | wc -l'");
        assertEquals("1000\n1000\n2000\n", result.output(), result.errors());
    }
}
