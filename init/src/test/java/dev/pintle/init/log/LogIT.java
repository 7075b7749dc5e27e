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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
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
    void aPartOfALineIsNotWithheldWhereNothingIsPutBeforeLines() {
        assertEquals(
                "halfhalf rest\n",
                output("(printf half; sleep 0.6; cp out seen; echo ' rest') | pintle-log file:$PWD/out; cat seen out"));
        assertEquals(
                "| whole\n",
                output("(printf wh; sleep 0.2; echo ole) | pintle-log -p '| '"),
                "the rest is waited for before a name");
    }

    /** As at boot, where a first run may write and end before its logger has looked at anything. */
    @Test
    void anEndThatIsToldBeforeTheFirstLookEndsTheLine() {
        assertEquals(
                "| no end\n| next\n",
                output(
                        "mkfifo in ready; pintle-log -p '| ' -R 3 <in >out 3>ready & logger=$!; exec 4>in; read line <ready;"
                                + " kill -STOP $logger; printf 'no end' >&4; kill -URG $logger; kill -CONT $logger;"
                                + " for i in $(seq 600); do test -s out && break; sleep 0.1; done;"
                                + " echo next >&4; exec 4>&-; wait $logger; cat out"));
    }

    @Test
    void aFileIsNotSetAsideWithinALine() {
        assertEquals(
                "aaaabbbb\n-\nc\n",
                output(
                        "(printf aaaa; sleep 0.3; printf 'bbbb\\nc\\n') | pintle-log -s 6 -k 3 file:$PWD/r; cat r.1; echo -; cat r"));
    }

    @Test
    void aLoggerThatIsKilledWithinALineGoesOnWithIt() throws IOException {
        service(
                "web",
                "command = sh -c 'printf half; until test -e " + work
                        + "/go; do sleep 0.1; done; echo \" rest\"; exec sleep 1000'\n" + "[stdout]\nto = file:" + work
                        + "/killed.log\n");
        Result result = beside(
                "until grep -q half killed.log; do sleep 0.1; done; sleep 0.2; kill -KILL $(pgrep -P $pid -f ^pintle-log);"
                        + " sleep 1.5; touch go; until grep -q rest killed.log; do sleep 0.1; done; cat killed.log");
        assertEquals("half rest\n", result.output());
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
    void severalDestinationsGetEveryLine() throws IOException {
        service(
                "web",
                "command = sh -c 'seq 1 1000; exec sleep 1000'\n[stdout]\nto = inherit file:" + work
                        + "/log\nmax_size = 1k\nmax_files = 99\n");
        Result result = beside(
                "until grep -qx 1000 console && grep -qx 1000 log; do sleep 0.1; done; cat console;"
                        + " for i in $(seq 99 -1 1); do test ! -e log.$i || cat log.$i; done; cat log; test -e log.3 && echo aside");
        String all = String.join(
                "\n", IntStream.rangeClosed(1, 1000).mapToObj(Integer::toString).toList());
        assertEquals(all + "\n" + all + "\naside\n", result.output());
    }

    @Test
    void eachStreamCanGoWhereTheOtherGoes() throws IOException {
        service("a", "command = sh -c 'echo a; exec sleep 1000'\n[stdout]\nto = stderr\n");
        service("b", "command = sh -c 'echo b; exec sleep 1000'\n[stdout]\nto = stderr\n[stderr]\nprefix = yes\n");
        service(
                "c",
                "command = sh -c 'echo c; exec sleep 1000'\n[stdout]\nto = stderr\n[stderr]\nto = file:" + work
                        + "/c.log\nmax_size = 0\n");
        service("d", "command = sh -c 'echo d >&2; exec sleep 1000'\n[stderr]\nto = stdout\n");
        Result result = beside(
                "until grep -q a errors && grep -q 'b | b' errors && grep -q c c.log && grep -q d console; do sleep 0.1; done; cat console c.log");
        assertEquals("d\nc\n", result.output());
        // qemu-user refuses what orphans need.
        Set<String> lines = new TreeSet<>(result.errors().lines().toList());
        lines.removeIf(line -> line.contains("cannot hand orphans"));
        assertEquals(Set.of("a", "b | b"), lines);
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

    /** What is lost is told where somebody looks, until it is not lost any more. */
    @Test
    void aLoggerThatCannotWriteIsInTroubleUntilItCan() throws IOException {
        assumeTrue(ROOT, "the link to a device is root's");
        service(
                "web",
                "command = sh -c 'while :; do echo line; sleep 0.05; done'\n[stdout]\nprefix = yes\nto = file:" + work
                        + "/log\n");
        Result result = beside(
                "until pintle health | grep -q 'cannot write'; do sleep 0.1; done; pintle health; echo $?;"
                        + " pintle status | grep -c '^web/log  *ready .*cannot write to'; pintle status >shown; echo $?;"
                        + " rm log; pintle logs --reopen web; echo $?; until pintle health >shown; do sleep 0.1; done;"
                        + " pintle status | grep -c web/log; pintle status >shown; echo $?; tail -n 1 log",
                "ln -s /dev/full log; ");
        assertEquals(
                "web/log cannot write to " + work
                        + "/log: ENOSPC: no space left on device\n1\n1\n3\n0\n0\n0\nweb | line\n",
                result.output(),
                result.errors());
    }

    /** A path has up to 4,096 bytes: more than the init reads at once. */
    @Test
    void whatALoggerCannotWriteToIsNamedHoweverLongItsPath() throws IOException {
        assumeTrue(ROOT, "the link to a device is root's");
        String log = ("d".repeat(250) + "/").repeat(6) + "log";
        service(
                "web",
                "command = sh -c 'while :; do echo line; sleep 0.05; done'\n[stdout]\nto = file:" + work + "/" + log
                        + "\n");
        Result result = beside(
                "until pintle health | grep 'cannot write'; do sleep 0.1; done; rm " + log
                        + "; pintle logs --reopen web; until pintle health >shown; do sleep 0.1; done; tail -n 1 "
                        + log,
                "mkdir -p $(dirname " + log + "); ln -s /dev/full " + log + "; ");
        String[] lines = result.output().split("\n", -1);
        assertTrue(
                lines[0].matches("web/log cannot write to /.*\\[\\.\\.\\.].*d/log: ENOSPC: no space left on device"),
                result.output() + result.errors());
        assertEquals("line", lines[1]);
    }

    /** The directory is the service's user's, the logger root. */
    @Test
    void aUsersLinksLeadNoLoggerElsewhere() throws IOException {
        assumeTrue(ROOT, "only root writes into another user's directory");
        output("mkdir d; echo precious >secret; chmod 600 secret; ln -s $PWD/secret d/app.log;"
                + " ln -s $PWD/secret d/part.log.1.gz.part; ln -s $PWD/secret d/read.log.1; ln $PWD/secret d/hard.log;"
                + " ln -s $PWD d/elsewhere; chown -hR 1000:1000 d; chown 0:0 secret");
        Result result = programs.run(
                work,
                "echo line | pintle-log file:$PWD/d/app.log; echo line | pintle-log file:$PWD/d/hard.log;"
                        + " echo line | pintle-log file:$PWD/d/elsewhere/made.log;"
                        + " seq 1 2000 | pintle-log -s 2k -k 9 -z file:$PWD/d/part.log;"
                        + " cat secret; stat -c '%u %a' secret; test -e made.log || echo not made;"
                        + " zcat d/part.log.4.gz | head -n 1");
        assertEquals("precious\n0 600\nnot made\n1\n", result.output(), result.errors());
        assertTrue(result.errors().contains("app.log: ELOOP"), result.errors());
        assertTrue(result.errors().contains("hard.log: EMLINK"), result.errors());
        assertTrue(result.errors().contains("made.log: ELOOP"), result.errors());
    }

    /** As images have it: {@code /var/log/nginx/access.log -> /dev/stdout}, and root's own files beside. */
    @Test
    void linksOfRootsLeadWhereTheyLead() {
        assertEquals(
                "to stdout\nto a file\n",
                output("mkdir d; ln -s /dev/stdout d/access.log; ln -s real.log d/app.log;"
                        + " echo to stdout | pintle-log file:$PWD/d/access.log | cat;"
                        + " echo to a file | pintle-log file:$PWD/d/app.log; cat d/real.log"));
    }

    @Test
    void aFileThatComesAfterAnotherHasItsOwnerAndPermissions() {
        assumeTrue(ROOT, "only root gives files away");
        String owners = output("touch log; chown 3000650000:1000 log; chmod 640 log;"
                + " seq 1 2000 | pintle-log -s 2k -k 2 -z file:$PWD/log; stat -c '%n %u %g %a' log*");
        String each = " 3000650000 1000 640\n";
        assertEquals("log" + each + "log.1.gz" + each + "log.2.gz" + each, owners);
    }

    /** In the same way whether the file is set aside when it has grown or not. */
    @Test
    void aDirectoryThatIsMissingIsMadeOrNamed() throws IOException {
        String[] sizes = {"0", "10m"};
        for (String size : sizes) {
            for (String directory : new String[] {"one", "two/three"}) {
                service(
                        directory.substring(0, 3) + size,
                        "command = sh -c 'echo hello; exec sleep 1000'\n[stdout]\nto = file:" + work + "/" + directory
                                + size + "/log\nmax_size = " + size + "\n");
            }
        }
        Result result = beside(
                "until test $(cat one*/log | wc -l) = 2; do sleep 0.1; done;"
                        + " for name in two0 two10m; do until pintle status $name/log | grep -q 'not ready'; do sleep 0.1; done;"
                        + " pintle status $name/log | grep -o 'not ready: .*'; done; ls -d two* || cat one*/log",
                "true; ");
        String named = "not ready: it has not opened " + work + "/two/three";
        assertEquals(named + "0/log yet\n" + named + "10m/log yet\nhello\nhello\n", result.output(), result.errors());
        for (String size : sizes) {
            assertTrue(
                    result.errors().contains("cannot write to " + work + "/two/three" + size + "/log: ENOENT"),
                    result.errors());
        }
    }

    @Test
    void aFifoWithoutAReaderIsNotReadyAndHoldsUpNobody() throws IOException {
        service(
                "web",
                "command = sh -c 'seq 1 20000; echo done >" + work + "/done; exec sleep 1000'\n[stdout]\nto = file:"
                        + work + "/fifo\n");
        Result result = beside(
                "until test -e done; do sleep 0.1; done; pintle status web/log | awk 'NR == 2 { print $2 }'; pintle health >/dev/null || echo not healthy;"
                        + " cat fifo >read & pintle wait web/log && echo ready; kill $!",
                "mkfifo fifo; ");
        assertEquals("up\nnot healthy\nready\n", result.output());
        assertTrue(result.errors().contains("/fifo: ENXIO: nobody reads it"), result.errors());
    }

    /** A KILL may repeat lines, but not lose, split or join any. */
    @Test
    @DisabledIfSystemProperty(
            named = "pintle.emulated",
            matches = "true",
            disabledReason = "three million lines take qemu-user too long")
    void killingTheLoggerLosesNothing() throws IOException {
        Path service = Files.createDirectories(work.resolve("layout/services/web"));
        Files.writeString(
                service.resolve("service.conf"),
                "command = seq 1 3000000\nrestart = no\n[stdout]\nto = file:" + work
                        + "/log\nmax_size = 0\nprefix = yes\n");
        output("export PINTLE_DIR=$PWD/layout PINTLE_CONTROL=$PWD/control; init & pid=$!;"
                + " for i in $(seq 1 20); do sleep 0.15; pkill -KILL -P $pid -f pintle-log; done;"
                + " until pintle status web | grep -q done; do sleep 0.1; done; kill $pid; wait $pid; true");
        TreeSet<Integer> seen = new TreeSet<>();
        List<String> lines = Files.readAllLines(work.resolve("log"));
        for (String line : lines) {
            assertTrue(line.matches("web \\| \\d+"), line);
            seen.add(Integer.parseInt(line.substring("web | ".length())));
        }
        assertEquals(3_000_000, seen.size(), "of " + lines.size() + " lines");
        assertEquals(3_000_000, seen.last());
    }

    /** moby 31243: a pipe of root's could be written to, but not opened. */
    @Test
    void aServicesUserOpensItsStreams() throws IOException {
        assumeTrue(ROOT, "only root becomes another user");
        String command = """
                command = sh -c 'echo out of NAME >/dev/stdout; echo err of NAME >/dev/stderr; exec sleep 1000'
                user = 65534:65534
                [healthcheck]
                test = sh -c ': >/dev/stderr'
                interval = 100ms
                """;
        service("plain", command.replace("NAME", "plain"));
        service("logged", command.replace("NAME", "logged") + "[stdout]\nprefix = yes\n[stderr]\nprefix = yes\n");
        Result result = programs.run(
                work,
                "export PINTLE_DIR=$PWD/layout PINTLE_CONTROL=$PWD/control; (init 2>&1; echo over) | cat >console & "
                        + "until pintle wait --for healthy plain logged 2>/dev/null; do sleep 0.1; done; pintle shutdown; wait;"
                        + " grep -v 'cannot hand orphans' console | sort");
        assertEquals(
                "err of plain\nlogged | err of logged\nlogged | out of logged\nout of plain\nover\n",
                result.output(),
                result.errors());
    }

    /** A file that is the container's standard output is not given away. */
    @Test
    void aFileThatIsTheContainersOutputStaysAsItIs() throws IOException {
        assumeTrue(ROOT, "only root becomes another user");
        service("web", "command = sh -c 'echo there; exec sleep 1000'\nuser = 65534:65534\n");
        assertEquals(
                "644 644\n",
                beside("until grep -q there console; do sleep 0.1; done; echo $(stat -c %a console errors)")
                        .output());
    }

    /** Writes a service that uses no variables of the container. */
    private void service(String name, String conf) throws IOException {
        Path service = Files.createDirectories(work.resolve("layout/services/" + name));
        Files.writeString(service.resolve("service.conf"), conf.replace("$", "$$"));
    }

    /** Runs the init, a script that talks to it, and ends it. */
    private Result beside(String script) {
        return beside(script, "");
    }

    /** Likewise, with what comes before the init is started; of such an init not all is waited for. */
    private Result beside(String script, String before) {
        return programs.run(
                work,
                before + "export PINTLE_DIR=$PWD/layout PINTLE_CONTROL=$PWD/control; init >console 2>errors & pid=$!;"
                        + " until " + (before.isEmpty() ? "pintle wait" : "test -S control")
                        + " 2>/dev/null; do kill -0 $pid || exit 1; done; " + script
                        + "; kill $pid; wait $pid; cat errors >&2");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "pintle.emulated",
            matches = "true",
            disabledReason = "qemu-user refuses PR_SET_CHILD_SUBREAPER, which is said")
    void aLogServiceReadsAllThatItsServiceWritesAndStopsAfterIt() throws IOException {
        service(
                "web",
                "command = sh -c 'trap \"seq 30001 30100; exit\" TERM; seq 1 30000; while :; do sleep 0.01; done'");
        service(
                "web/log",
                "command = sh -c 'trap \"\" TERM; while read line; do echo $line; done >>" + work + "/log; echo end >>"
                        + work + "/log'");
        Result result = beside("pintle status web/log | grep -c ready; sleep 0.2");
        assertEquals("1\n", result.output());
        assertEquals("", result.errors());
        List<String> lines = Files.readAllLines(work.resolve("log"));
        assertEquals("end", lines.get(lines.size() - 1), "it ended by itself");
        assertEquals(30_101, lines.size());
        assertEquals("30100", lines.get(30_099));
    }

    @Test
    void whatALogServiceDidNotReadIsThereForItsNextRun() throws IOException {
        service("web", "command = sh -c 'for i in $(seq 1 200); do echo $i; sleep 0.005; done; exec sleep 1000'");
        service("web/log", "command = sh -c 'while read line; do echo $line >>" + work + "/log; done'");
        beside(
                "for i in 1 2 3; do sleep 0.2; pintle signal web/log KILL; done; until grep -qx 200 log; do sleep 0.1; done");
        // The shell reads a pipe byte by byte, so that a KILL costs no more than the line that it had in hand.
        TreeSet<Integer> seen = new TreeSet<>();
        for (String line : Files.readAllLines(work.resolve("log"))) {
            seen.add(Integer.parseInt(line));
        }
        assertTrue(seen.size() >= 197, "of 200 lines there are " + seen.size());
    }

    @Test
    void logsShowsWhatLoggersKeepAndWhatFilesHave() throws IOException {
        service("ring", "command = sh -c 'seq 1 1000; exec sleep 1000'\n[stdout]\nprefix = yes\n");
        service("file", "command = sh -c 'seq 1 9; exec sleep 1000'\n[stdout]\nto = file:" + work + "/log\n");
        service("plain", "command = sleep 1000");
        Result result = beside(
                "until grep -qx 9 log && grep -q 1000 console; do sleep 0.1; done; pintle logs -n 2 ring; pintle logs --tail 3 ring file; pintle logs plain;"
                        + " echo code $?; pintle logs -n all ring | wc -l; pintle logs | wc -l");
        assertEquals(
                "999\n1000\nfile | 7\nfile | 8\nfile | 9\nring | 998\nring | 999\nring | 1000\ncode 1\n1000\n109\n",
                result.output());
        assertTrue(
                result.errors().contains("cannot show the output of plain: it goes to the container's own"),
                result.errors());
    }

    @Test
    void logsFollowsAFileThatIsSetAside() throws IOException {
        service(
                "web",
                "command = sh -c 'seq 1 2000; until test -e " + work
                        + "/followed; do sleep 0.01; done; sleep 1; for i in $(seq 2001 4000); do echo $i; sleep 0.0001;"
                        + " done; exec sleep 1000'\n[stdout]\nto = file:" + work
                        + "/log\nmax_size = 5k\nmax_files = 99\n");
        beside(
                ": >followed; pintle logs -f -n 0 web >followed & follower=$!; until grep -qx 4000 followed; do sleep 0.1; done; kill $follower");
        List<String> lines = Files.readAllLines(work.resolve("followed"));
        List<String> expected =
                IntStream.rangeClosed(2001, 4000).mapToObj(Integer::toString).toList();
        assertEquals(expected, lines.subList(Math.max(0, lines.indexOf("2001")), lines.size()));
    }
}
