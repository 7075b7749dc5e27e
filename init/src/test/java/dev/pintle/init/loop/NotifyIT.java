package dev.pintle.init.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs;
import dev.pintle.init.Programs.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ready = notify} among others who know the socket's name: it is abstract, and /proc/net/unix shows it to everybody. */
final class NotifyIT {
    private static final String IGNORED = "pintle: warn: ignoring what ";
    /** Fills $name with the name of the only notify socket of the network namespace. */
    private static final String FIND =
            "name=; until [ \"$name\" ]; do sleep 0.02; name=$(sed -n \"s/.* @pintle-notify/@pintle-notify/p\" /proc/net/unix); done; ";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle", "pintle-setuser", "pintle-notify");
        container.programs().compiled("peer");
    }

    private static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become other users");
    }

    /** A network of its own, and an init in it that is PID 1. */
    private Result inNamespace(String script) {
        Programs programs = container.programs();
        String namespace = programs.namespace(scratch, "--net");
        assumeTrue(!namespace.isEmpty(), "no namespaces here");
        String all = "chmod 755 . layout; " + script;
        return programs.run(
                scratch,
                "exec " + namespace + "sh -c '" + all.replace("'", "'\\''") + "'",
                "PINTLE_DIR=" + scratch.resolve("layout"),
                "PINTLE_CONTROL=" + scratch.resolve("control"));
    }

    private void web(String command) {
        container.service("web", "command = sh -c '" + command + "'\nready = notify\nready_timeout = 60s\n");
    }

    private static String told(Result result) {
        return result.output() + result.errors();
    }

    /** A script's pintle-notify has ended before the init reads what it has sent, more often than not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pintle-notify; exec sleep 1000",
                "setsid pintle-notify; exec sleep 1000",
                "(sleep 0.2; pintle-notify) & exec sleep 1000",
                "setsid sh -c \"sleep 0.2; pintle-notify; exec sleep 1000\" & exec sleep 1000",
            })
    void aServiceIsHeardHoweverItsProcessesSpeak(String command) {
        web(command);
        for (int i = 0; i < 10; i++) {
            Result result = inNamespace("exec init sh -c \"pintle wait web && echo ready\"");
            assertEquals("ready\n", result.output(), result.errors());
            assertEquals("", result.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec pintle-setuser 1234:1234 sh -c \"pintle-notify; exec sleep 1000\"",
                "setsid pintle-setuser 1234:1234 peer speak $$NOTIFY_SOCKET READY=1 & exec sleep 1000",
            })
    void aProcessThatHasBecomeAnotherUserIsHeardToo(String command) {
        assumeRoot();
        web(command);
        Result result = inNamespace("exec init sh -c \"pintle wait web && echo ready\"");
        assertEquals("ready\n", result.output(), result.errors());
        assertEquals("", result.errors());
    }

    @Test
    void anotherUserIsNotHeard() {
        assumeRoot();
        web("until [ -e go ]; do sleep 0.02; done; pintle-notify; exec sleep 1000");
        Result result = inNamespace("sh -c '" + FIND
                + "for i in 1 2 3; do pintle-setuser 1001:1001 peer tell $name READY=1; pintle-setuser 1001:1001 peer tell $name;"
                + " done; sleep 0.5; pintle status web; touch go; pintle wait web && pintle status web; pintle shutdown' &"
                + " exec init");
        String[] statuses = result.output().split("SERVICE.*\n", -1);
        assertEquals(3, statuses.length, told(result));
        assertTrue(statuses[1].contains(" up ") && statuses[2].contains(" ready "), told(result));
        assertEquals(2, result.errors().split(IGNORED, -1).length, "it is said once: " + result.errors());
        assertTrue(result.errors().contains(" of uid 1001 sends to the notify socket of web"), result.errors());
    }

    @Test
    void anotherServiceOfTheSameUserIsNotHeard() {
        web("echo $$NOTIFY_SOCKET >name; until [ -e go ]; do sleep 0.02; done; pintle-notify; exec sleep 1000");
        container.service(
                "other",
                "command = sh -c 'until [ -s name ]; do sleep 0.02; done; peer speak $$(cat name) READY=1 &"
                        + " setsid peer speak $$(cat name) READY=1 & (sleep 0.1; peer speak $$(cat name) READY=1 & sleep 0.5; touch tried);"
                        + " exec sleep 1000'\n");
        Result result = inNamespace(
                "sh -c 'until [ -e tried ]; do sleep 0.02; done; pintle status web; pintle shutdown' & exec init");
        assertTrue(result.output().contains("\nweb      up "), told(result));
    }

    /** What is root in the one is not root here. */
    @Test
    void anotherContainerIsNotHeard() {
        assumeRoot();
        web("until [ -e go ]; do sleep 0.02; done; pintle-notify; exec sleep 1000");
        Result result = container
                .programs()
                .run(
                        scratch,
                        "export PINTLE_DIR=$PWD/layout PINTLE_CONTROL=$PWD/control; exec unshare --net sh -c '"
                                + "unshare --pid --fork --kill-child --mount-proc init sh -c \"pintle wait web && echo ready\" & "
                                + FIND + "peer tell $name READY=1; sleep 0.5; echo go; touch go; wait'");
        assertEquals("go\nready\n", result.output(), result.errors());
        String said = IGNORED
                + "a process of another pid namespace sends to the notify socket of web: it is none of its processes\n";
        assertEquals(said, result.errors());
    }

    /** Root of a pid namespace below the container's, as a container in it has, is not the container's root. */
    @Test
    void aContainerInTheContainerIsNotHeard() {
        assumeRoot();
        container.service("web", """
                command = sh -c 'until [ -e go ]; do sleep 0.02; done; pintle-notify; exec sleep 1000'
                user = 1234:1234
                ready = notify
                ready_timeout = 60s
                """);
        Result result = inNamespace("sh -c '" + FIND
                + "unshare --pid --fork --kill-child peer speak $name READY=1 & unshare --pid --fork peer tell $name READY=1;"
                + " sleep 0.5; pintle status web; touch go; pintle wait web && pintle status web; pintle shutdown' &"
                + " exec init");
        String[] statuses = result.output().split("SERVICE.*\n", -1);
        assertEquals(3, statuses.length, told(result));
        assertTrue(statuses[1].contains(" up ") && statuses[2].contains(" ready "), told(result));
    }

    /** A namespace that a process of the service has made is the service's own. */
    @Test
    void aContainerThatTheServiceHasMadeIsHeard() {
        assumeRoot();
        web("exec unshare --pid --fork --kill-child sh -c \"peer speak $$NOTIFY_SOCKET READY=1\"");
        Result result = inNamespace("exec init sh -c \"pintle wait web && echo ready\"");
        assertEquals("ready\n", result.output(), result.errors());
    }

    @Test
    void twoInitsOfOneNetworkHaveNotifySocketsOfTheirOwn() {
        assumeRoot();
        web("pintle-notify; exec sleep 1000");
        Result result = container
                .programs()
                .run(
                        scratch,
                        "export PINTLE_DIR=$PWD/layout; exec unshare --net sh -c 'for i in 1 2 3; do PINTLE_CONTROL=$PWD/control$i"
                                + " unshare --pid --fork --kill-child --mount-proc init sh -c \"pintle wait web && echo ready; sleep 1\""
                                + " & done; wait'");
        assertEquals("ready\nready\nready\n", result.output(), result.errors());
        assertEquals("", result.errors());
    }

    @Test
    void aNameMayBeAsLongAsADirectorysMayBe() {
        String name = "n".repeat(200);
        container.service(name, "command = sh -c 'pintle-notify; exec sleep 1000'\nready = notify\n");
        Result result = inNamespace("exec init sh -c \"pintle wait " + name + " && echo ready\"");
        assertEquals("ready\n", result.output(), result.errors());
        assertEquals("", result.errors());
    }

    /** A kernel, or a filter, that has no getrandom and no /dev/urandom. */
    @Test
    void withoutRandomBytesItWorksAllTheSame() {
        container.programs().compiled("refuse");
        web("pintle-notify; exec sleep 1000");
        Result result = inNamespace("exec refuse ENOSYS getrandom init sh -c \"pintle wait web && echo ready\"");
        assertEquals("ready\n", result.output(), result.errors());
    }
}
