package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The native init below a seccomp filter that refuses what an old kernel or a strict profile would. */
final class RefusedCallsIT {
    private static final String WITHOUT_ORPHANS = "pintle: warn: this kernel cannot hand orphans to an init that is not"
            + " pid 1: they will not be reaped\n";
    private static final String DEAF = "cannot listen for the pintle command";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
        container.programs().compiled("refuse");
        container.service("web", """
                command    = sh -c 'echo $$$$ >>pids; exec sleep 100000'
                min_uptime = 0
                [ulimits]
                nofile = 100:100
                """);
    }

    private Result run(String script) {
        return container.run(script);
    }

    private void assertEverythingWorks(String refused, String said) {
        // Without pipes, which the shell may be refused.
        String main = "await() { n=0; until [ $n = $1 ]; do sleep 0.05; n=0; "
                + "while read pid; do n=$((n + 1)); last=$pid; done <pids; done; }; >>pids; "
                + "await 1; pintle health || exit 1; kill $last; await 2; second=$last; "
                + "pintle restart web || exit 2; await 3; ! kill -0 $second 2>&- || exit 3; exit 7";
        Result result = run("refuse " + refused + " init sh -c '" + main + "'");
        assertEquals(7, result.code(), result.output() + result.errors());
        assertEquals(said, result.errors().replaceAll("pintle: warn: web .*; restarting it\n", ""));
        assertStopsOnTerm(refused);
    }

    private void assertStopsOnTerm(String refused) {
        String script = "rm -f pids; refuse " + refused + " init & pid=$!; until [ -s pids ]; do sleep 0.05; done; "
                + "kill $pid; wait $pid; code=$?; ! kill -0 $(cat pids) 2>&- || exit 2; exit $code";
        Result stopped = run(script);
        assertEquals(0, stopped.code(), stopped.output() + stopped.errors());
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM, 'signalfd,signalfd4'",
        "ENOSYS, 'signalfd,signalfd4'",
        "EPERM, signalfd4",
        "ENOSYS, signalfd4",
        "EPERM, pipe2",
        "ENOSYS, pipe2",
        "EPERM, accept4",
        "ENOSYS, accept4",
        "EPERM, madvise",
        "ENOSYS, madvise",
        "EPERM, prlimit64",
        "ENOSYS, prlimit64",
    })
    void anOlderCallDoes(String error, String calls) {
        assertEverythingWorks(error + " " + calls, "");
    }

    @ParameterizedTest
    @CsvSource({"EPERM", "ENOSYS"})
    void allThatIsNewerMayBeRefusedAtOnce(String error) {
        String calls = " signalfd,signalfd4,pipe2,accept4,madvise,prlimit64,prctl";
        assertEverythingWorks(error + calls, WITHOUT_ORPHANS);
    }

    @ParameterizedTest
    @CsvSource({"EPERM", "ENOSYS"})
    void withoutSocketsServicesRunAllTheSame(String error) {
        Result result = run("refuse " + error + " socket init sh -c 'until [ -s pids ]; do sleep 0.05; done; exit 7'");
        assertEquals(7, result.code(), result.errors());
        assertTrue(result.errors().contains(DEAF), result.errors());
        assertStopsOnTerm(error + " socket");
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM, memfd_create",
        "ENOSYS, memfd_create",
        "EPERM, splice",
        "ENOSYS, splice",
        "EOPNOTSUPP, fallocate",
        "EPERM, 'memfd_create,splice,fallocate'",
    })
    void linesAreLoggedWithoutTheNewerCalls(String error, String calls) throws IOException {
        container.service("lines", """
                command = sh -c 'for i in $$(seq 1 20); do seq 1 10000; done; echo last; touch written; exec sleep 100000'
                [stdout]
                prefix  = yes
                to      = inherit file:%s/log
                """.formatted(scratch));
        String held =
                "for file in /proc/$PPID/fd/*; do case $(readlink $file) in /memfd:lines*) stat -Lc %s $file;; esac; done";
        Result result = run("refuse " + error + " " + calls + " init sh -c '"
                + "until [ -e written ] && grep -q last log; do sleep 0.05; done; " + held + " >held'");
        assertEquals(0, result.code(), result.errors());
        String all = IntStream.range(0, 200_000)
                .mapToObj(i -> "lines | " + (i % 10_000 + 1) + "\n")
                .collect(Collectors.joining());
        assertTrue((all + "lines | last\n").equals(result.output()), "every line is there, whole and in order");
        if (calls.equals("fallocate")) {
            long size = Long.parseLong(Files.readString(scratch.resolve("held")).trim());
            assertTrue(size < 500_000, "memory that cannot be given back in part is given back whole, and not " + size);
        }
    }
}
