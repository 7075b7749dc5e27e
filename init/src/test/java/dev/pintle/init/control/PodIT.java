package dev.pintle.init.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Containers that share what those of a Kubernetes pod do: the network with its abstract names, IPC and {@code /dev/shm}; each has
 * an init of its own, or none. The native binary in namespaces of this machine, with root read-only and the guide's user.
 */
final class PodIT {
    /** What a container of the pod shares beyond network, IPC and /dev/shm, or lacks. */
    private enum Shape {
        /** Nothing: a pod as it is by default; --ipc=host and --network=host are the same to those who have them. */
        OWN_PIDS("--pid --fork --kill-child --mount-proc", "--pid --mount", ""),
        /** The pid namespace: shareProcessNamespace, --pid=host. */
        SHARED_PIDS("--mount", "--mount", ""),
        /** It has no /proc that could say which namespace it is in. */
        NO_PROC("--pid --fork --kill-child --mount", "--pid --mount", "mount -t tmpfs none /proc; ");

        private final String unshare;
        private final String enter;
        private final String change;

        Shape(String unshare, String enter, String change) {
            this.unshare = unshare;
            this.enter = enter;
            this.change = change;
        }
    }

    /** Starts a container, and has a client in it as docker exec does, with the image's variables alone. */
    private static final String POD = """
            mount -t tmpfs -o mode=1777 none /dev/shm || exit 99
            close() { mount --bind $1 $1 && mount -o remount,bind,ro $1; }
            container() {
              name=$1; shift
              PINTLE_DIR=$PWD/$name unshare %s sh -c "close() { mount --bind \\$1 \\$1 && mount -o remount,bind,ro \\$1; }
                close /tmp; close /run; %secho \\$\\$ >/dev/shm/$name.pid
                exec pintle-setuser %s \\"\\$@\\"" sh "$@" 2>/dev/shm/$name.log &
              eval "$name=$!"
              until [ -s /dev/shm/$name.pid ]; do sleep 0.02; done
            }
            inside() {
              name=$1; shift
              eval "pid=\\$$name"
              below=$(cat /proc/$pid/task/$pid/children)
              [ "%s" = --mount ] || pid=${below%% }
              PINTLE_DIR=$PWD/$name nsenter --target $pid %s pintle-setuser %s "$@"
            }
            await() { n=0; until inside $1 pintle status 2>&1 | grep -q "$2"; do
              n=$((n + 1)); [ $n -lt 200 ] || { cat /dev/shm/$1.log; inside $1 pintle status; exit 98; }; sleep 0.05; done; }
            """;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private Programs programs = Programs.installedOnes(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can make such a pod");
        programs = Programs.ours(scratch.resolve("bin"), "init", "pintle", "pintle-setuser")
                .compiled("peer");
        layout("a", "alpha", "sleep 100000");
        layout("b", "beta", "false");
        layout("c", "gamma", "sleep 100000");
    }

    private void layout(String container, String service, String command) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve(container + "/services/" + service));
        Files.writeString(directory.resolve("service.conf"), "command = " + command + "\n");
    }

    private Result pod(Shape shape, String user, String script) {
        String start = POD.formatted(shape.unshare, shape.change, user, shape.enter, shape.enter, user);
        String quoted = (start + script).replace("'", "'\\''");
        // An init that has become another user is not killed with its unshare (PR_SET_PDEATHSIG of prctl(2)).
        String end =
                "\nfor pid in $a $b $c; do kill -KILL $(cat /proc/$pid/task/$pid/children) $pid; done 2>/dev/null; "
                        + "wait; exit $code";
        Result result = programs.run(
                scratch, "chmod 755 . a b c; exec unshare --mount --net --ipc sh -c '" + quoted + end + "'");
        assumeTrue(result.code() != 99, "no namespaces here: " + result.errors());
        return result;
    }

    private static String told(Result result) {
        return result.output() + result.errors();
    }

    @ParameterizedTest
    @EnumSource
    void eachContainerMeetsItsOwnInit(Shape shape) {
        for (String user : new String[] {"10001:10001", "0:0"}) {
            Result result = pod(shape, user, """
                    container a init; await a "alpha .*ready"
                    container b init; await b "beta "
                    inside a pintle status; echo "a $?"
                    inside b pintle status; echo "b $?"
                    inside a pintle health; echo "health of a $?"
                    inside b pintle health >/dev/null; echo "health of b $?"
                    inside b pintle shutdown 9; wait $b; echo "b ended with $?"
                    inside a pintle health; echo "then a $?"
                    inside a pintle shutdown 7; wait $a; echo "a ended with $?"
                    code=0
                    """);
            String output = result.output();
            assertEquals(0, result.code(), told(result));
            int b = output.indexOf("a 0\n");
            assertTrue(b > 0 && output.substring(0, b).contains("alpha"), told(result));
            assertFalse(output.substring(0, b).contains("beta"), told(result));
            String ofB = output.substring(b, output.indexOf("health of a"));
            assertTrue(ofB.contains("beta") && ofB.contains("\nb 3\n"), told(result));
            assertFalse(ofB.contains("alpha"), told(result));
            String rest = output.substring(output.indexOf("health of a"));
            assertEquals(
                    "health of a 0\nhealth of b 1\nb ended with 9\nthen a 0\na ended with 7\n", rest, told(result));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aContainerWithoutAnInitMeetsNone(Shape shape) {
        for (String user : new String[] {"10001:10001", "0:0"}) {
            Result result = pod(shape, user, """
                    container a init; await a "alpha .*ready"
                    container b sleep 1000
                    inside b pintle status; echo "status $?"
                    inside b pintle health; echo "health $?"
                    inside b pintle shutdown 9; echo "shutdown $?"
                    inside b pintle logs alpha; echo "logs $?"
                    kill -0 $a; inside a pintle health; code=$?
                    """);
            assertEquals(0, result.code(), told(result));
            assertEquals("status 5\nhealth 5\nshutdown 5\nlogs 5\n", result.output(), told(result));
            assertTrue(result.errors().contains("pintle: cannot reach the init: "), told(result));
        }
    }

    /** More containers than places that all of them can have, were these not named after namespaces. */
    @ParameterizedTest
    @CsvSource({"OWN_PIDS", "SHARED_PIDS"})
    void threeInitsHaveASocketEach(Shape shape) {
        Result result = pod(shape, "10001:10001", """
                for name in a b c; do container $name init; done
                await a "alpha .*ready"; await b "beta "; await c "gamma .*ready"
                inside c pintle health; code=$?
                cat /dev/shm/?.log | grep listen
                """);
        assertEquals(0, result.code(), told(result));
        assertEquals("", result.output(), told(result));
    }

    /** Whoever has no pintle that asks who is there finds a socket, and its init sends him away. */
    @ParameterizedTest
    @EnumSource(names = {"OWN_PIDS", "NO_PROC"})
    void anInitServesNobodyOfAnotherContainer(Shape shape) {
        Result result = pod(shape, "10001:10001", """
                container a init; await a "alpha .*ready"
                container b sleep 1000
                socket=$(ls -d /dev/shm/.pintle-10001*/control)
                inside b peer ask $socket "{\\"pintle\\":1,\\"do\\":\\"shutdown\\"}"
                kill -0 $a; inside a pintle health; code=$?
                """);
        assertEquals(0, result.code(), told(result));
        assertTrue(result.output().contains("\"error\":\"forbidden\""), told(result));
        assertTrue(result.output().contains("another pid namespace"), told(result));
    }

    /** A volume that both mount, and one image that says where the socket is. */
    @ParameterizedTest
    @EnumSource
    void onePlaceForTwoIsTheFirstOnesAndTheOtherSaysWhereItIs(Shape shape) {
        Result result = pod(shape, "10001:10001", """
                export PINTLE_CONTROL=/dev/shm/one
                container a init; await a "alpha .*ready"
                container b init; await b "beta "
                inside a pintle status; inside b pintle status
                grep listen /dev/shm/b.log
                code=0
                """);
        assertEquals(0, result.code(), told(result));
        assertTrue(
                result.output()
                        .contains("pintle: warn: cannot listen at /dev/shm/one: another process does; listening at "),
                told(result));
        assertTrue(result.output().contains("alpha") && result.output().contains("beta"), told(result));
    }

    /** A service need not search. */
    @ParameterizedTest
    @EnumSource
    void servicesAreToldWhereTheirInitIs(Shape shape) throws IOException {
        layout(
                "a",
                "alpha",
                "sh -c 'echo $$PINTLE_CONTROL >/dev/shm/place; pintle status alpha >/dev/shm/said; exec sleep 1000'");
        Result result = pod(shape, "10001:10001", """
                container a init; await a "alpha .*ready"
                until [ -s /dev/shm/said ]; do sleep 0.05; done
                cat /dev/shm/place /dev/shm/said; code=0
                """);
        assertEquals(0, result.code(), told(result));
        assertTrue(result.output().startsWith("/dev/shm/.pintle-10001"), told(result));
        assertTrue(result.output().contains("alpha"), told(result));
    }
}
