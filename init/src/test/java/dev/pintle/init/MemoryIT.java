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
    /** kB of data: enough for a few services. */
    private static final int LITTLE = 2000;

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

    @Test
    void pid1WaitsUntilItsHeapCanGrow() {
        String namespace = container.programs().namespace(scratch);
        assumeFalse(namespace.isEmpty(), "no pid namespace can be made here");
        makeServices(SERVICES);
        Result result = container.run("ulimit -S -d " + LITTLE + "; " + namespace + "init 2>errors & unshare=$!; "
                + "until [ -s errors ]; do sleep 0.05; done; "
                + "read init </proc/$unshare/task/$unshare/children; "
                + "sleep 0.3; kill -0 $init || exit 1; [ ! -e control ] || exit 2; "
                + "prlimit --pid $init --data=unlimited || exit 3; ulimit -S -d unlimited; "
                + "until [ -e control ]; do sleep 0.05; done; pintle wait || exit 4; "
                + "kill -TERM $init; wait $unshare; code=$?; cat errors >&2; exit $code");
        assertEquals(0, result.code(), result.output() + result.errors());
        assertTrue(result.errors().startsWith(REFUSED), result.errors());
    }
}
