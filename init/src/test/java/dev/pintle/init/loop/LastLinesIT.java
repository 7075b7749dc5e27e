package dev.pintle.init.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What services that fail have printed last is at hand unasked; those that are well have no logger. */
final class LastLinesIT {
    private static final String LOGGERS = "pgrep -P $pid -f '^pintle-log' | wc -l";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle", "pintle-log");
        container.service("well", "command = sleep 1000\n");
    }

    /** Runs the init, a script that talks to it, and ends it. */
    private Result beside(String script) {
        return container.run(
                "export DIR=$PWD; init >console 2>errors & pid=$!; until pintle tree >/dev/null 2>&1; do kill -0 $pid || exit 1; done; "
                        + script + "; kill $pid; wait $pid");
    }

    @Test
    void aFailedStartThatIsTriedAgainHasItsLines() {
        container.service("web", "command = sh -c 'echo to output; echo no database >&2; exit 3'\n");
        Result result = beside("until pintle logs web 2>/dev/null | grep -q output; do sleep 0.1; done;"
                + " sleep 0.2; pintle status web 2>&1 | sed -n '/last lines/,$p' | sort -u; " + LOGGERS
                + "; kill -0 $(pgrep -P $pid -f ^pintle-log) && grep -c 'to output' console");
        String[] lines = result.output().split("\n", -1);
        assertEquals("last lines of web:", lines[0], result.output());
        assertEquals("no database", lines[1], result.output());
        assertEquals("to output", lines[2], result.output());
        assertEquals("1", lines[3].trim(), "loggers");
        assertTrue(Integer.parseInt(lines[4]) >= 2, "it is passed on, too");
    }

    /** Whoever asks is told where the words of the run are that failed first. */
    @Test
    void aFirstFailureHasItsLinesInTheContainersLog() {
        container.service("job", "command = sh -c 'echo THE CAUSE >&2; exit 1'\nrestart = no\n");
        Result result = beside(
                "until pintle status job | grep -q failed; do sleep 0.1; done; sleep 0.5;"
                        + " pintle logs job 2>&1; echo $?; pintle logs 2>&1; echo $?; pintle status job | tail -n 1;"
                        + " pintle start job 2>/dev/null; sleep 0.5; pintle logs job 2>&1; echo $?; pintle status job 2>&1 | tail -n 1");
        String where =
                "cannot show the output of job: no lines of it are kept so far: those of the run that failed first went to"
                        + " the container's own, which the engine shows (docker logs), and those of later runs are kept\n";
        assertEquals(
                "pintle: " + where + "1\npintle: " + where + "1\n" + where + "THE CAUSE\n0\nTHE CAUSE\n",
                result.output());
        assertTrue(result.errors().isEmpty(), result.errors());
    }

    @Test
    void aStartThatIsAskedForAgainShowsThem() {
        container.service("job", "command = sh -c 'echo cannot go on; exit 4'\nrestart = no\n");
        Result result = beside("until pintle status job | grep -q failed; do sleep 0.1; done; sleep 0.5;"
                + " pintle start job 2>&1 | tail -n 1");
        assertEquals("cannot go on\n", result.output());
    }

    /** One that is killed is replaced, and no line is lost with it. */
    @Test
    void aLoggerThatIsKilledIsReplaced() {
        container.service(
                "web",
                "command = sh -c 'echo run; test -e $${DIR}/well || exit 3; i=0; while test $$i -lt 3000;"
                        + " do i=$$((i + 1)); echo line $$i; test $$((i % 100)) -gt 0 || sleep 0.05; done; exec sleep 1000'\n");
        Result result = beside("until pintle logs web 2>/dev/null | grep -q run; do sleep 0.1; done; touch well;"
                + " until grep -q 'line 100$' console; do sleep 0.05; done;"
                + " kill -KILL $(pgrep -P $pid -f ^pintle-log); until grep -q 'line 3000$' console; do sleep 0.1; done;"
                + " sort -u console | grep -c line; pintle logs -n 1 web; pintle status web | grep -c ready");
        assertEquals("3000\nline 3000\n1\n", result.output());
    }

    @Test
    void whatIsWellAgainIsHeardNoLonger() {
        container.service(
                "web",
                "command = sh -c 'test -e $${DIR}/well || exit 3; sleep 2.5'\nbackoff_reset = 1500ms\nmin_uptime = 500ms\n");
        Result result = beside(
                "until test $(" + LOGGERS + ") = 1; do sleep 0.1; done; touch well;"
                        + " until test $(" + LOGGERS
                        + ") = 0; do sleep 0.1; done; until pintle status web | grep -q ready; do sleep 0.1; done;"
                        + " ls -l /proc/$(pgrep -P $pid -x sh)/fd/1 | grep -c /console; pintle logs web 2>&1 | grep -c 'container.s own'");
        assertEquals("1\n1\n", result.output());
    }

    /** Dots of progress, and last words without the end of a line. */
    @Test
    void aPartOfALineIsPassedOnWithoutItsRest() {
        container.service(
                "web",
                "command = sh -c 'test -e $${DIR}/second || { touch $${DIR}/second; printf \"first run \"; exit 3; };"
                        + " for i in 1 2 3; do printf \"[$$i] \"; sleep 0.2; done; printf FATAL; exec sleep 1000'\n");
        Result result = beside("for i in $(seq 60); do grep -q 'FATAL$' console || sleep 0.1; done; cat console");
        assertEquals("first run [1] [2] [3] FATAL", result.output());
    }

    /** What the next run writes is not joined to it; with a pause between them, whatever the machine does besides. */
    @Test
    void aLineThatARunHasBegunEndsWithThatRun() {
        container.service("short", "command = sh -c 'printf \"no end\"; exit 1'\n");
        container.service("marked", """
                command = sh -c 'echo start; sleep 1.2; printf "FATAL: no newline"; exit 1'
                restart_delay = 2s
                [stdout]
                prefix = yes
                """);
        Result result = beside(
                "for i in $(seq 300); do test $(grep -c '^no end$' console) -ge 1 -a $(grep -c start console) -ge 2 || sleep 0.1; done;"
                        + " grep -o 'marked | .*' console | head -n 3; pintle logs short | sort -u");
        assertEquals("marked | start\nmarked | FATAL: no newline\nmarked | start\nno end\n", result.output());
    }

    /** As long as one of its files cannot be opened, it is not ready, and passes lines on. */
    @Test
    void aLoggerThatIsNotReadyEndsLinesToo() {
        container.service("marked", """
                command = sh -c 'echo start; sleep 0.2; printf "FATAL: no newline"; exit 1'
                [stdout]
                prefix = yes
                to = inherit file:/no/such/directory/log
                """);
        Result result = beside("for i in $(seq 80); do test $(grep -c start console) -ge 3 || sleep 0.1; done;"
                + " grep -o 'marked | .*' console | head -n 5");
        assertEquals(
                "marked | start\nmarked | FATAL: no newline\nmarked | start\nmarked | FATAL: no newline\nmarked | start\n",
                result.output());
    }

    /** The new one is told what happened while there was none. */
    @Test
    void aRunThatEndsWhileItsLoggerIsReplacedEndsItsLine() {
        container.service("once", """
                command = sh -c 'printf half; until test -e $${DIR}/end; do sleep 0.05; done; exit 1'
                restart = no
                [stdout]
                keep = 64k
                """);
        Result result = beside("until grep -q half console; do sleep 0.05; done;"
                + " kill -KILL $(pgrep -P $pid -f ^pintle-log); touch end;"
                + " for i in $(seq 600); do test $(wc -l <console) = 1 && break; sleep 0.1; done;"
                + " wc -l <console; pintle logs once");
        assertEquals("1\nhalf\n", result.output().replace(" ", ""));
    }

    /** Its logger is one that nobody has asked for, and is replaced by the init itself. A run without it fails. */
    @Test
    void theSameOfALoggerThatNobodyAskedFor() {
        container.service(
                "again",
                "command = sh -c 'test -p /proc/self/fd/1 || exit 1; test -e $${DIR}/end && exec sleep 1000;"
                        + " printf half; exec sleep 1000'\n");
        Result result = beside("until grep -q half console; do sleep 0.05; done; kill -STOP $pid;"
                + " kill -KILL $(pgrep -P $pid -f ^pintle-log) $(pgrep -P $pid -x sleep); touch end; kill -CONT $pid;"
                + " for i in $(seq 600); do test $(wc -l <console) = 1 && break; sleep 0.1; done; cat console");
        // What a logger was writing when it was killed may be there twice.
        assertTrue(result.output().matches("(half)+\n"), result.output());
    }

    /** It has as long as one that is asked for, and is named. */
    @Test
    void aLoggerWhoseLinesNobodyReadsDoesNotUseUpTheStop() {
        container.service("web", "command = sh -c 'echo hello; exit 1'\n");
        container.service("fill", "command = sh -c 'sleep 1; yes AAAAAAAAAAAAAAAAAAAA | head -c 200000'\n");
        Result result = container.run(
                "mkfifo ff; sleep 60 <ff & reader=$!; init >ff 2>errors & pid=$!; sleep 6;"
                        + " begin=$(date +%s); kill $pid; wait $pid; echo $?; end=$(date +%s);"
                        + " grep -o 'web/log has not ended.*' errors; test $((end - begin)) -lt 8 && echo in time; kill $reader");
        assertEquals("137\nweb/log has not ended within its time: killing it\nin time\n", result.output());
    }

    @Test
    void whatIsLeftOutIsNotKept() {
        container.service("web", """
                command = sh -c 'echo one; echo token=1; echo two; echo token=2; exec sleep 1000'
                [stdout]
                prefix = yes
                exclude = *token=*
                """);
        Result result = beside(
                "until grep -q two console; do sleep 0.1; done; sleep 0.2; pintle logs web; pintle logs -n 1 web");
        assertEquals("one\ntwo\ntwo\n", result.output());
    }

    /** Those that have failed for good leave loggers to those that go on. */
    @Test
    void whatIsDeadTakesNoLoggerFromWhatLives() {
        container.service("dead", "command = sh -c 'exit 3'\nrestart = no\ninstances = 20\n");
        container.service("live", "command = sh -c 'echo I live; exit 3'\nautostart = no\n");
        Result result = beside("until pintle status | grep -c failed | grep -q 20; do sleep 0.1; done; sleep 0.5;"
                + " pintle start live >/dev/null 2>&1 & for i in $(seq 60); do pintle logs live 2>/dev/null | grep -q live || sleep 0.1; done;"
                + " pintle logs live | sort -u; sleep 0.2; " + LOGGERS);
        assertEquals("I live\n16\n", result.output().replace(" 1", "1"));
    }

    /** Beyond a bound none gets a logger. */
    @Test
    void manyThatFailCostABoundedNumberOfLoggers() {
        container.service("web", "command = sh -c 'exit 3'\ninstances = 40\n");
        Result result = beside("sleep 4; " + LOGGERS + "; pintle stop web; until test $(" + LOGGERS
                + ") = 0; do sleep 0.1; done; ls /proc/$pid/fd | wc -l");
        String[] lines = result.output().split("\n", -1);
        assertEquals("16", lines[0].trim(), "loggers");
        assertTrue(Integer.parseInt(lines[1].trim()) < 60, lines[1] + " descriptors");
    }
}
