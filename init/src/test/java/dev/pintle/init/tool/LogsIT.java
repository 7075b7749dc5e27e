package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code pintle logs} shows: each line once, in order, of as many files as it takes. */
final class LogsIT {
    /** A service that writes to both streams in turn. */
    private static final String IN_TURN =
            "command = sh -c 'for i in 1 2 3 4 5; do echo out$i; sleep 0.2; echo err$i >&2;"
                    + " sleep 0.2; done; exec sleep 1000'\n";

    /** Nothing goes to the container's own streams, of which it would be said that it cannot be shown. */
    private static final String BOTH = "[stderr]\nto = stdout\n";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private Path work = Path.of("/nonexistent");
    private Programs programs = Programs.copied(Path.of("/tmp"), Path.of("/tmp"));

    @BeforeEach
    void makePrograms() throws IOException {
        work = Files.createDirectory(scratch.resolve("work"));
        programs = Programs.ours(scratch.resolve("bin"), "init", "pintle", "pintle-log");
    }

    /** Writes a service that uses no variables of the container. */
    private void service(String name, String conf) throws IOException {
        Path service = Files.createDirectories(work.resolve("layout/services/" + name));
        Files.writeString(service.resolve("service.conf"), conf.replace("$", "$$"));
    }

    /** Runs the init, a script that talks to it, and ends it. */
    private Result beside(String script) {
        return programs.run(
                work,
                "export PINTLE_DIR=$PWD/layout PINTLE_CONTROL=$PWD/control; init >console 2>errors & pid=$!;"
                        + " until pintle wait 2>/dev/null; do kill -0 $pid || exit 1; done; " + script
                        + "; kill $pid; wait $pid; cat errors >&2");
    }

    private String file(String name) {
        return "to = file:" + work + "/" + name + "\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void theLastLinesAreExactOverFilesThatWereSetAside(String compress) throws IOException {
        service(
                "web",
                "command = sh -c 'seq 1 3000; exec sleep 1000'\n[stdout]\n" + file("log")
                        + "max_size = 1k\nmax_files = 99\ncompress = " + compress + "\n" + BOTH);
        Result result = beside(
                "until pintle logs -n 1 web | grep -qx 3000; do sleep 0.1; done; ls log.9*; seq 1 3000 >all;"
                        + " for n in 0 1 2 99 200 201 202 1500 2999 3000 5000; do pintle logs -n $n web >shown;"
                        + " tail -n $n all | cmp - shown || echo $n; done; pintle logs --tail=all web | cmp - all && echo same");
        assertEquals((compress.equals("yes") ? "log.9.gz" : "log.9") + "\nsame\n", result.output());
        assertEquals("", result.errors());
    }

    @Test
    void whatIsKeptOfTheContainersOwnStreamIsBounded() throws IOException {
        service(
                "web",
                "command = sh -c 'seq 1 30000; echo end >&2; exec sleep 1000'\n[stdout]\nkeep = 8k\n[stderr]\nkeep = 4k\n");
        Result result = beside(
                "until grep -qx 30000 console && grep -qx end errors; do sleep 0.1; done;"
                        + " seq 1 30000 | cmp - console && echo passed on; pintle logs --tail=all web 2>none | tail -n 2; pintle logs --tail=all web 2>&1 | wc -c");
        assertTrue(result.output().startsWith("passed on\n29999\n30000\n"), result.output());
        int shown = Integer.parseInt(result.output().split("\n", -1)[3].trim());
        assertTrue(shown > 8_000 && shown <= 8_192 + 4, shown + " bytes");
        assertEquals("end\n", result.errors());
    }

    /** Files are set aside several times between two looks. */
    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void followingLosesAndRepeatsNoLine(String compress) throws IOException {
        service(
                "web",
                "command = sh -c 'until test -e " + work
                        + "/followed; do sleep 0.01; done; i=0; while test $i -lt 10000;"
                        + " do seq $((i + 1)) $((i + 100)); i=$((i + 100)); sleep 0.02; done; exec sleep 1000'\n[stdout]\n"
                        + file("log") + "max_size = 1k\nmax_files = 99\ncompress = " + compress + "\n" + BOTH);
        Result result = beside(
                ": >followed; pintle logs -f -n all web >>followed & follower=$!; until grep -qx 10000 followed; do sleep 0.1; done;"
                        + " kill $follower; seq 1 10000 | cmp - followed && echo same");
        assertEquals("same\n", result.output());
        assertEquals("", result.errors());
    }

    @Test
    void linesOfBothStreamsAreInTheOrderOfTime() throws IOException {
        service(
                "web",
                IN_TURN + "[stdout]\n" + file("out") + "timestamp = iso8601\n[stderr]\n" + file("err")
                        + "format = json\n");
        service(
                "tai",
                IN_TURN + "[stdout]\n" + file("tai") + "timestamp = tai64n\n[stderr]\n" + file("iso")
                        + "timestamp = iso8601\n");
        service(
                "one",
                "command = sh -c 'echo out1; sleep 0.1; echo err1 >&2; exec sleep 1000'\n[stdout]\n" + file("one")
                        + "[stderr]\n" + file("one"));
        Result result = beside("until grep -q err5 err && grep -q err5 iso && grep -q err1 one; do sleep 0.1; done;"
                + " for name in web tai one; do for n in 100 3; do"
                + " echo $name $n $(pintle logs -n $n $name 2>&1 | grep -o 'out[0-9]\\|err[0-9]'); done; done");
        String all = "out1 err1 out2 err2 out3 err3 out4 err4 out5 err5\n";
        assertEquals(
                "web 100 " + all + "web 3 err4 out5 err5\ntai 100 " + all
                        + "tai 3 err4 out5 err5\none 100 out1 err1\none 3 out1 err1\n",
                result.output());
    }

    @Test
    void linesAreChosenByTheirTimes() throws IOException {
        service(
                "web",
                IN_TURN + "[stdout]\n" + file("out") + "timestamp = iso8601\n[stderr]\n" + file("err")
                        + "timestamp = iso8601\n");
        service("plain", "command = sh -c 'echo out1; exec sleep 1000'\n[stdout]\n" + file("plain"));
        Result result = beside(
                "until grep -q err5 err && grep -q out1 plain; do sleep 0.1; done;"
                        + " fourth=$(sed -n '4s/ .*//p' out);"
                        + " show() { echo $(pintle logs \"$@\" 2>&1 | grep -o 'out[0-9]\\|err[0-9]'); };"
                        + " show --since $fourth web; show --until $fourth web; show --since 1h -n 3 web; show --until 1h web;"
                        + " show --since $fourth --until=$fourth; pintle logs --since 1h plain; pintle logs --since soon; echo $?");
        assertEquals(
                "out4 err4 out5 err5\nout1 err1 out2 err2 out3 err3 out4\nerr4 out5 err5\n\nout1 out4\nout1\n2\n",
                result.output());
        assertTrue(
                result.errors().contains("pintle: cannot tell when plain wrote to its stdout: its lines have no times"),
                result.errors());
    }

    @Test
    void aNameThatALoggerHasPutIsNotPutAgain() throws IOException {
        String command = "command = sh -c 'echo line; exec sleep 1000'\n[stdout]\n";
        service("a", command + file("a") + "prefix = yes\n");
        service("b", command + file("b") + "prefix = yes\ntimestamp = iso8601\n");
        service("c", command + file("c") + "format = json\n");
        service("d", command + file("d") + "timestamp = iso8601\n");
        service("e", command + "prefix = yes\n");
        Result result = beside(
                "until grep -q line a && grep -q line b && grep -q line c && grep -q line d && grep -q line console;"
                        + " do sleep 0.1; done; pintle logs | sed 's/2[0-9-]*T[0-9:.]*Z/TIME/' | sort");
        assertEquals(
                "TIME b | line\na | line\nd | TIME line\ne | line\n{\"time\":\"TIME\",\"service\":\"c\",\"stream\":\"stdout\",\"message\":\"line\"}\n",
                result.output());
    }

    /** The files may be anybody's. */
    @Test
    void whatGzipHasNotMadeIsAnErrorAndTheRestIsShown() throws IOException {
        service("web", "command = sh -c 'echo last; exec sleep 1000'\n[stdout]\n" + file("log") + BOTH);
        Result result =
                beside("until grep -q last log; do sleep 0.1; done; seq 1 3 | gzip >log.2.gz; echo garbage >log.1.gz;"
                        + " pintle logs -n 9 web; echo $?; seq 10000 20000 | gzip | head -c 9000 >log.1.gz; pintle logs -n all web | tail -n 1;"
                        + " head -c 10000000 /dev/zero | gzip >log.1.gz; pintle logs -n all web | wc -c;"
                        + " rm log.1.gz; mkfifo log.1; timeout 10 pintle logs web; echo $?");
        assertEquals("1\n2\n3\nlast\n1\nlast\n10000011\n1\n2\n3\nlast\n1\n", result.output());
        String cannot = "pintle: cannot read all of " + work + "/log.1.gz: it is damaged, or was not made by gzip\n";
        assertEquals(
                cannot + cannot + "pintle: cannot open " + work + "/log.1: it is not a regular file\n",
                result.errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pintle logs --reopen web", "pintle logs --reopen", "pintle reload >/dev/null"})
    void aFileThatWasMovedAwayIsOpenedAgain(String reopen) throws IOException {
        service(
                "web",
                "command = sh -c 'i=0; while :; do i=$((i + 1)); echo $i; sleep 0.01; done'\n[stdout]\n" + file("log")
                        + "max_size = 0\n");
        service("down", "autostart = no\ncommand = sleep 1000\n[stdout]\n" + file("none"));
        Result result = beside(
                ": >followed; pintle logs -f -n all web >followed & follower=$!; until grep -qx 20 followed; do sleep 0.1; done;"
                        + " mv log moved; sleep 0.5; test -e log || echo moved; " + reopen + "; echo $?;"
                        + " until test -s log; do sleep 0.1; done; last=$(tail -n 1 moved); sleep 0.3; tail -n 1 moved | grep -cx $last;"
                        + " head -n 1 log | grep -cx $((last + 1)); until grep -qx $((last + 50)) followed; do sleep 0.1; done; kill $follower;"
                        + " test -e none || echo none; seq 1 $((last + 50)) >all; head -n $((last + 50)) followed | cmp - all && echo same");
        assertEquals("moved\n0\n1\n1\nnone\nsame\n", result.output(), result.errors());
    }

    @Test
    void aStreamThatNobodyKeepsIsNamedOnce() throws IOException {
        service("file", "command = sh -c 'echo out; exec sleep 1000'\n[stdout]\n" + file("out"));
        service("null", "command = sleep 1000\n[stdout]\nto = file:/dev/null\n[stderr]\nto = null\n");
        service("split", "command = sleep 1000\n");
        service("split/log", "command = cat\n");
        Result result = beside("until grep -q out out; do sleep 0.1; done; pintle logs file; echo $?;"
                + " pintle logs null; echo $?; pintle logs split; echo $?; timeout 20 pintle logs -f null; echo $?");
        assertEquals("out\n0\n1\n1\n1\n", result.output());
        String own = "it goes to the container's own, which the engine shows (docker logs); with ";
        String thrown = """
                pintle: cannot show the standard output of null: it goes to /dev/null
                pintle: cannot show the standard error of null: it is thrown away
                """;
        assertEquals(
                "pintle: cannot show the standard error of file: " + own
                        + "keep = 64k under [stderr] a logger keeps the last lines\n" + thrown
                        + "pintle: cannot show the standard output of split: its log service split/log has it\n"
                        + "pintle: cannot show the standard error of split: " + own
                        + "to = stdout under [stderr] its log service has it\n" + thrown,
                result.errors());
    }

    /** The logger notes when they came, and so does the one that takes its place. */
    @Test
    void linesInMemoryAreInTheOrderInWhichTheyCame() throws IOException {
        service("web", IN_TURN + "[stdout]\nkeep = 64k\n[stderr]\nkeep = 64k\nprefix = yes\n");
        Result result =
                beside("until pintle logs web 2>&1 | grep -q out3; do sleep 0.02; done; pintle signal web/log KILL;"
                        + " until pintle logs web 2>&1 | grep -q err5; do sleep 0.1; done;"
                        + " show() { echo $(pintle logs \"$@\" 2>&1 | grep -o 'out[0-9]\\|err[0-9]' | uniq); };"
                        + " show web; show -n 3 web; pintle logs web | head -n 1;"
                        + " pintle logs -t web 2>&1 | grep -c '^20[0-9-]*T[0-9:.]*Z [oe][ur][tr][1-5]$';"
                        + " show --since $(pintle logs -t web | sed -n 's/ out4//p') web; show --until 1h web");
        String all = "out1 err1 out2 err2 out3 err3 out4 err4 out5 err5";
        assertEquals(all + "\nerr4 out5 err5\nout1\n10\nout4 err4 out5 err5\n\n", result.output(), result.errors());
    }

    /** It notes when the last 4,096 pieces came; when those before them came, nobody knows any more. */
    @Test
    void linesThatCameTooLongAgoHaveNoTime() throws IOException {
        service(
                "web",
                "command = sh -c 'i=0; while ! test -e " + work + "/enough; do i=$((i + 1)); echo $i; j=0;"
                        + " while test $j -lt 20; do j=$((j + 1)); done; done; echo last; exec sleep 1000'\n"
                        + "[stdout]\nkeep = 16m\n" + BOTH);
        Result result = beside(
                "until pintle logs -t -n all web | head -n 1 | grep -qx 1; do sleep 0.2; done; pintle signal web/log KILL;"
                        + " sleep 1; touch enough; until pintle logs -n 1 web | grep -q last; do sleep 0.1; done;"
                        + " pintle logs -n all web >all; pintle logs -t -n all web >shown; grep '^20..-' shown | sed 's/ .*//' >times;"
                        + " sort -c times && uniq times | wc -l; sed 's/^20..-.* //' shown | cmp - all && seq 1 $(($(wc -l <all) - 1)) >expected;"
                        + " grep -v last all | cmp - expected; pintle logs --since $(head -n 1 times) web | wc -l; wc -l <times");
        String[] lines = result.output().split("\n", -1);
        assertEquals("4095", lines[0], result.output() + result.errors());
        assertEquals(lines[1], lines[2], "no line that came before is shown");
    }

    @Test
    void whoHasNoFileToOpenAgainIsNamed() throws IOException {
        service("plain", "command = sleep 1000\n");
        service("web", "command = sleep 1000\n[stdout]\n" + file("log"));
        Result result = beside("for names in plain 'plain web' web ''; do pintle logs --reopen $names; echo $?; done;"
                + " pintle stop web web/log; pintle logs --reopen; echo $?");
        assertEquals("1\n1\n0\n0\n1\n", result.output());
        String cannot = "pintle: cannot have files of plain opened again: no logger that is ready writes to one\n";
        assertEquals(cannot + cannot + cannot.replace("plain", "any service"), result.errors());
    }

    /** A service has no logger until it has failed. */
    @ParameterizedTest
    @ValueSource(strings = {"web", ""})
    void whoFollowsSeesTheLoggerThatComes(String name) throws IOException {
        service(
                "web",
                "command = sh -c 'test -e " + work
                        + "/broken || exec sleep 1000; echo late line; echo late error >&2; exit 3'\n");
        Result result = beside(": >followed; : >said; pintle logs -f " + name + " >followed 2>said & follower=$!;"
                + " until grep -q 'cannot show' said; do sleep 0.1; done; touch broken; pintle signal web KILL;"
                + " until grep -q 'late line' followed && grep -q 'late error' said; do sleep 0.1; done;"
                + " kill $follower; grep -c 'cannot show' said; rm broken");
        assertEquals("1\n", result.output());
    }

    /** And the one that takes the place of that one, once each. */
    @Test
    void whoFollowsGoesOnWithTheNextLogger() throws IOException {
        service(
                "web",
                "command = sh -c 'echo run $(cat " + work + "/run); exec sleep 1000'\n[stdout]\nkeep = 1k\n" + BOTH);
        Files.writeString(work.resolve("run"), "1");
        Result result = beside(
                ": >followed; pintle logs -f -n all web >followed & follower=$!; until grep -q 'run 1' followed; do sleep 0.1;"
                        + " done; for n in 2 3; do pintle stop web; sleep 1.5; echo $n >run; pintle start web;"
                        + " until grep -q \"run $n\" followed; do sleep 0.1; done; done; sleep 1.5; kill $follower; cat followed");
        assertEquals("run 1\nrun 2\nrun 3\n", result.output());
        assertEquals("", result.errors());
    }

    @Test
    void aPathMayHaveAnyBytes() throws IOException {
        Path service = Files.createDirectories(work.resolve("layout/services/web"));
        String conf = "command = sh -c 'echo line; exec sleep 1000'\n[stdout]\n" + file("caf\u00e9") + BOTH;
        Files.write(service.resolve("service.conf"), conf.getBytes(StandardCharsets.ISO_8859_1));
        Result result = beside("until pintle logs web | grep -q line; do sleep 0.1; done; pintle logs web");
        assertEquals("line\n", result.output());
    }

    /** The logger follows none either: root would show what the service's user may not read. */
    @Test
    void aLinkOfAnotherUserIsNotFollowed() throws IOException {
        Files.createDirectory(work.resolve("open"));
        service("web", "command = sh -c 'echo line; exec sleep 1000'\n[stdout]\n" + file("open/log") + BOTH);
        Result result =
                beside("until pintle logs web | grep -q line; do sleep 0.1; done; echo secret >hidden; rm open/log;"
                        + " ln -s ../hidden open/log; chown -h 1000:1000 open open/log; pintle logs web; echo code $?");
        assertTrue(result.output().endsWith("code 1\n"), result.output());
        assertFalse(result.output().contains("secret"), result.output());
    }
}
