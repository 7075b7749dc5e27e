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
