package dev.pintle.init.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of lines: none is lost, split or joined. */
final class LogIT {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private Path work = Path.of("/nonexistent");
    private Programs programs = Programs.copied(Path.of("/tmp"), Path.of("/tmp"));

    @BeforeEach
    void makePrograms() throws IOException {
        work = Files.createDirectory(scratch.resolve("work"));
        programs = Programs.ours(scratch.resolve("bin"), "init", "pintle", "pintle-log");
    }

    private String output(String script) {
        Result result = programs.run(work, script);
        assertEquals(0, result.code(), result.errors());
        return result.output();
    }

    @Test
    void linesAreMarkedAsAsked() {
        assertEquals("web | a\nweb | b\n", output("printf 'a\\nb' | pintle-log -p 'web | '"));
        String stamped = output("echo a | pintle-log -t iso8601");
        assertTrue(stamped.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z a\n"), stamped);
        String tai = output("echo a | pintle-log -t tai64n");
        assertTrue(tai.matches("@40000000[0-9a-f]{16} a\n"), tai);
        String json = output("printf 'a\"\\377\\001\\tb\\n' | pintle-log -f json -n web");
        assertTrue(json.startsWith("{\"time\":\"2"), json);
        assertTrue(
                json.endsWith(
                        "Z\",\"service\":\"web\",\"stream\":\"stdout\",\"message\":\"a\\\"\\ufffd\\u0001\\tb\"}\n"),
                json);
        assertEquals("ab\nacb\n", output("printf 'ab\\nx\\nacb\\nabb\\n' | pintle-log -i 'a*b' -x '*bb'"));
    }

    @Test
    void whatIsDroppedIsCounted() {
        String lines = output("(seq 1 100; sleep 1.2) | pintle-log -r 10");
        assertTrue(lines.startsWith("1\n2\n"), lines);
        assertTrue(lines.contains("pintle-log: "), lines);
        assertTrue(lines.contains(" lines were dropped by rate_limit\n"), lines);
    }

    @Test
    void filesAreSetAsideAndCompressedWithoutLosingALine() {
        output("seq 1 200000 >expected; pintle-log -s 100k -k 100 -z file:$PWD/log <expected");
        String same = output("for i in $(seq 100 -1 1); do test ! -e log.$i.gz || zcat log.$i.gz; done >all;"
                + " cat log >>all; cmp expected all && ls log.*.gz | wc -l; ls | grep -c part; true");
        assertTrue(Integer.parseInt(same.lines().findFirst().orElse("0")) >= 12, same);
        assertEquals("0", same.lines().skip(1).findFirst().orElse(""));
        assertEquals("1\n", output("seq 1 100000 | pintle-log -s 100k -k 1 file:$PWD/few; ls few.* | wc -l"));
    }

    @Test
    void aLineOfAnyLengthStaysOne() {
        assertEquals(
                "100000006 1\n",
                output("(head -c 100000000 /dev/zero | tr '\\0' x; echo end) | pintle-log -p '| ' >out;"
                        + " echo $(wc -c <out) $(wc -l <out)"));
    }

    @Test
    void aReaderThatStopsHoldsUpTheWriterAndLosesNothing() {
        assertEquals(
                "same\n",
                output("seq 1 50000 >expected; cat expected | pintle-log | (sleep 1; cat) >out;"
                        + " cmp expected out && echo same"));
    }

    @Test
    void aFullDiskCostsLinesThatAreCounted() {
        assumeTrue(ROOT, "a small disk is mounted");
        String lines = output(
                "unshare -m sh -c 'mkdir d; mount -t tmpfs -o size=128k none d; head -c 100000 /dev/zero >d/filler;"
                        + " (seq 1 20000; sleep 1; rm d/filler; echo after) | pintle-log file:$PWD/d/log 2>errors;"
                        + " tail -n 2 d/log; grep -c . errors'");
        String[] last = lines.split("\n", -1);
        assertTrue(last[0].matches("pintle-log: \\d+ lines were lost: ENOSPC: no space left on device"), lines);
        assertEquals("after", last[1]);
        assertEquals("2", last[2], "the gap is said when it begins and when it ends");
    }

    /** A KILL may repeat lines, but not lose, split or join any. */
    @Test
    void killingTheLoggerLosesNothing() throws IOException {
        Path service = Files.createDirectories(work.resolve("layout/services/web"));
        Files.writeString(
                service.resolve("service.conf"),
                "command = seq 1 3000000\nrestart = no\n[stdout]\nto = file:" + work
                        + "/log\nmax_size = 0\nprefix = yes\n");
        output("export PINTLE_DIR=$PWD/layout PINTLE_CONTROL=$PWD/control; init & pid=$!;"
                + " for i in $(seq 1 20); do sleep 0.15; pkill -KILL -P $pid -f pintle-log; done; sleep 3;"
                + " kill $pid; wait $pid; true");
        TreeSet<Integer> seen = new TreeSet<>();
        List<String> lines = Files.readAllLines(work.resolve("log"));
        for (String line : lines) {
            assertTrue(line.matches("web \\| \\d+"), line);
            seen.add(Integer.parseInt(line.substring("web | ".length())));
        }
        assertEquals(3_000_000, seen.size(), "of " + lines.size() + " lines");
        assertEquals(3_000_000, seen.last());
    }
}
