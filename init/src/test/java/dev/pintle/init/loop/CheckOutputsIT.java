package dev.pintle.init.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What health checks print, with real processes: seen in status, and no burden for the init. */
final class CheckOutputsIT {
    private static final String WEB = "command = sleep 1000\n[healthcheck]\nretries = 1\n";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
    }

    /** Runs the init, a script that talks to it, and ends it. */
    private Result beside(String script) {
        return container.run(
                "init >console 2>errors & pid=$!; until pintle wait 2>/dev/null; do kill -0 $pid || exit 1; done; "
                        + script + "; kill $pid; wait $pid; cat errors >&2");
    }

    private void check(String script, String more) {
        container.service("web", WEB + "test = sh -c '" + script.replace("$", "$$") + "'\n" + more);
    }

    @Test
    void theLastOneIsInStatusAndNotInTheLog() {
        check("echo first; printf \"a\\033[31mb\\r\\nno answer\\n\" >&2; exit 7", "interval = 100ms\n");
        Result result = beside(
                "until pintle status web | grep -q unhealthy; do sleep 0.1; done; pintle status web | tail -n 5;"
                        + " pintle status --json web | grep -o '\"exit_code\":7,\"output\":.*no answer\"'; cat console");
        String shown = result.output().replaceFirst(" \\ds ago", " 0s ago");
        assertEquals("""
                last health check of web:
                  0s ago: exited with code 7
                    first
                    a\\x1b[31mb\\x0d
                    no answer
                "exit_code":7,"output":"first\\u000aa\\u001b[31mb\\u000d\\u000ano answer"
                """, shown);
        assertTrue(
                result.errors().contains("web is unhealthy: its health check failed: exited with code 7: no answer\n"),
                result.errors());
    }

    /** Strict readers of JSON refuse half of a pair. */
    @Test
    void bytesThatAreNoTextAreShownAsSuch() {
        check("printf \"a\\377b\"; exit 7", "interval = 100ms\n");
        Result result = beside("until pintle status web | grep -q unhealthy; do sleep 0.1; done;"
                + " pintle status --json web | grep -o '\"output\":\"[^\"]*\"';"
                + " pintle health --json | grep -o 'code 7: [^\"]*'; pintle health | grep -o 'code 7: .*'");
        assertEquals("\"output\":\"a\\\\xffb\"\ncode 7: a\\\\xffb\ncode 7: a\\xffb\n", result.output());
    }

    /** It is killed for taking too long, and has had its end read until then. */
    @Test
    void oneThatNeverStopsPrintingTakesLittleOfTheInitsTime() {
        check("yes flood; echo never", "interval = 100ms\ntimeout = 2s\n");
        Result result = beside("until pintle status web | grep -q unhealthy; do sleep 0.1; done;"
                + " set -- $(cat /proc/$pid/stat); echo $((${14} + ${15})); awk '/^VmHWM/ { print $2 }' /proc/$pid/status;"
                + " pintle status web | tail -n 1; pintle status web --json | wc -c");
        String[] lines = result.output().split("\n", -1);
        long ticks = Long.parseLong(lines[0]);
        assertTrue(ticks < 100, ticks + " hundredths of a second");
        assertTrue(Long.parseLong(lines[1]) < 8_000, lines[1] + " kB");
        assertTrue(lines[2].matches(" {4}f[lod]*"), lines[2]);
        assertTrue(Long.parseLong(lines[3].trim()) < 1_500, lines[3] + " bytes");
        assertTrue(result.errors().contains("timed out after 2s: f"), result.errors());
    }

    /** A daemon that a check begins keeps its end of the pipe; nobody reads it, nor waits for its end. */
    @Test
    void whatOutlivesACheckHoldsNothing() {
        check("setsid sleep 300 & echo left one", "interval = 50ms\n");
        Result result = beside("until test $(pgrep -c -f \"^sleep 300\") -ge 20; do sleep 0.1; done;"
                + " ls /proc/$pid/fd | wc -l; pintle status web | tail -n 1; pkill -P $pid -f \"^sleep 300\"; true");
        String[] lines = result.output().split("\n", -1);
        assertTrue(Integer.parseInt(lines[0].trim()) < 20, lines[0] + " descriptors");
        assertEquals("    left one", lines[1]);
    }
}
