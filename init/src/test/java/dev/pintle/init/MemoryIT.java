package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pintle.init.Programs.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native init where the kernel refuses it memory, by limits that make it refuse. */
final class MemoryIT {
    private static final String REFUSED = "pintle: error: cannot reserve memory\n";
    /** So many that the layout does not fit into the heap that the init begins with. */
    private static final int SERVICES = 800;
    /** kB of data: what is reserved in the program, and enough for a few services. */
    private static final int LITTLE = 2_200;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
    }

    private void makeServices(int count) {
        for (int i = 1; i <= count; i++) {
            container.service("s" + i, "command = sleep 100000\n");
        }
    }

    @Test
    void aHeapThatCannotBeReservedIsSaidAndEndsTheStart() {
        makeServices(1);
        Result result = container.run("ulimit -v 7800; exec init true");
        assertEquals(new Result(111, "", REFUSED), result);
    }

    /** It has services by then, which nobody would see to: it waits for longer than a program that is no init does. */
    @Test
    void anInitThatIsNotPid1WaitsUntilItsHeapCanGrow() {
        makeServices(1);
        Result result = container.run("init 2>errors & init=$!; until pintle wait 2>/dev/null; do sleep 0.05; done; "
                + "for i in $(seq 2 " + SERVICES + "); do mkdir layout/services/s$i; "
                + "printf 'command = sleep 100000\\nautostart = no\\n' >layout/services/s$i/service.conf; done; "
                + "prlimit --pid $init --data=$((" + LITTLE + " * 1024)): || exit 1; pintle reload & reload=$!; "
                + "until [ -s errors ]; do sleep 0.05; done; sleep 6; kill -0 $init || exit 2; "
                + "prlimit --pid $init --data=unlimited || exit 3; wait $reload || exit 4; "
                + "[ $(pintle status --all | grep -c down) = " + (SERVICES - 1) + " ] || exit 5; "
                + "kill -TERM $init; wait $init; code=$?; cat errors >&2; exit $code");
        assertEquals(new Result(0, result.output(), REFUSED), result);
    }

    /** What it says of that must not be what it waits for. */
    @Test
    void aPipeThatNobodyReadsDoesNotHoldItUpForLonger() {
        makeServices(1);
        Result result =
                container.run("mkfifo pipe; exec 9<>pipe; dd if=/dev/zero of=pipe bs=4096 oflag=nonblock 2>/dev/null; "
                        + "init 2>pipe 9>&- & init=$!; until pintle wait 2>/dev/null; do sleep 0.05; done; "
                        + "for i in $(seq 2 " + SERVICES + "); do mkdir layout/services/s$i; "
                        + "printf 'command = sleep 100000\nautostart = no\n' >layout/services/s$i/service.conf; done; "
                        + "prlimit --pid $init --data=$((" + LITTLE
                        + " * 1024)): || exit 1; pintle reload & reload=$!; "
                        + "sleep 2; kill -0 $reload || exit 2; prlimit --pid $init --data=unlimited || exit 3; "
                        + "(sleep 20; kill -KILL $init 2>/dev/null) & wait $reload || exit 4; "
                        + "kill -TERM $init; wait $init");
        assertEquals(0, result.code(), result.output() + result.errors());
    }

    @Test
    void pid1WaitsUntilItsHeapCanGrow() {
        String namespace = container.programs().namespace(scratch);
        assumeFalse(namespace.isEmpty(), "no pid namespace can be made here");
        String user = namespace.contains("--user") ? "--user --preserve-credentials " : "";
        makeServices(SERVICES);
        Result result = container.run("ulimit -S -d " + LITTLE + "; " + namespace + "init 2>errors & unshare=$!; "
                + "until [ -s errors ]; do sleep 0.05; done; "
                + "read init </proc/$unshare/task/$unshare/children; "
                + "sleep 0.3; kill -0 $init || exit 1; [ ! -e control ] || exit 2; "
                + "prlimit --pid $init --data=unlimited || exit 3; ulimit -S -d unlimited; "
                + "until [ -e control ]; do sleep 0.05; done; nsenter --target $init --pid --mount " + user
                + "pintle wait || exit 4; "
                + "kill -TERM $init; wait $unshare; code=$?; cat errors >&2; exit $code");
        assertEquals(0, result.code(), result.output() + result.errors());
        assertTrue(result.errors().startsWith(REFUSED), result.errors());
    }
}
