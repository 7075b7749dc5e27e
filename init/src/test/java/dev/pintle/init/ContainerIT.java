package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native init where users of other inits have reported trouble; docs/comparison.md names which. */
final class ContainerIT {
    private static final int MOUNT_REFUSED = 99;
    private static final String TELL = "echo $PATH $TERM $HOME $PWD; pwd";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
    }

    private void service(String name, String conf) {
        container.service(name, conf);
    }

    private String[] variables() {
        return container.variables("TERM=xterm");
    }

    private Programs.Result run(String script) {
        return container.run(script, "TERM=xterm");
    }

    @Test
    void variablesAndDirectoryAreTheContainersForServicesAndMain() {
        service("tells", "type = oneshot\ncommand = sh -c '" + TELL.replace("$", "$$") + "'\n");
        String plain = run(TELL).output();
        assertTrue(plain.contains(" xterm / "), plain);
        Programs.Result result = run("init sh -c '" + TELL + "'");
        assertEquals(plain + plain, result.output(), result.errors());
    }

    @Test
    void standardInputIsMains() {
        assertEquals("from outside\n", run("echo from outside | init cat").output());
    }

    @Test
    void aStopSignalOtherThanTermStopsAndReachesMain() {
        String main = "trap \"exit 9\" QUIT; kill -QUIT $PPID; while :; do sleep 0.1; done";
        assertEquals(9, run("init sh -c '" + main + "'").code());
    }

    /** As with --pid=host: whoever is not of the container is none of its business. */
    @Test
    void aStopLeavesStrangersAlone() throws IOException, InterruptedException {
        service("web", "command = sleep 100000\n");
        Process stranger = new ProcessBuilder("sleep", "100000").start();
        try {
            assertEquals(0, run("init true").code());
            assertTrue(stranger.isAlive());
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatAKilledInitLeftIsNotInTheWay() throws IOException, InterruptedException {
        service("web", "command = sleep 100000\n");
        Process killed = container
                .programs()
                .shell(scratch, "exec init sh -c 'echo up; exec sleep 100000'", variables())
                .start();
        assertEquals("up", killed.inputReader().readLine());
        killed.descendants().forEach(ProcessHandle::destroyForcibly);
        assertTrue(killed.destroyForcibly().waitFor(20, TimeUnit.SECONDS));
        assertTrue(Files.exists(scratch.resolve("control")), "the socket is left behind");
        Programs.Result again = run("init pintle health");
        assertEquals(0, again.code(), again.output() + again.errors());
        assertEquals("", again.output() + again.errors());
    }

    @Test
    void nothingHasToBeWritableAndRunNotExecutable() {
        // With a network of its own, whose abstract names are nobody else's.
        String namespace = container.programs().namespace(scratch, "--mount", "--net");
        assumeTrue(!namespace.isEmpty(), "no namespaces here");
        service("web", "command = sleep 100000\n");
        String readOnly = "close() { mount --bind $1 $1 && mount -o remount,bind,ro,nosuid$2 $1 || exit "
                + MOUNT_REFUSED + "; }; close /run ,noexec; close /tmp; close /dev/shm; ";
        Programs.Result result = container
                .programs()
                .run(
                        scratch,
                        namespace + "sh -c '" + readOnly + "exec init sh -c \"! touch x 2>&-; pintle health\"'",
                        "PINTLE_DIR=" + scratch.resolve("layout"));
        assumeTrue(result.code() != MOUNT_REFUSED, result.errors());
        assertEquals(0, result.code(), result.output() + result.errors());
        assertEquals("", result.output() + result.errors());
    }

    /** As `docker exec` has it: not a child of init's, and killed by the kernel once init has gone. */
    @Test
    void whoAsksForTheStopFromOutsideIsAnsweredBeforeInitGoes() throws IOException, InterruptedException {
        String namespace = container.programs().namespace(scratch);
        assumeTrue(namespace.startsWith("unshare") && !namespace.contains("--user"), "only root can enter a namespace");
        service("web", "command = sh -c 'echo up; exec sleep 100000'\n");
        for (int i = 0; i < 10; i++) {
            Process unshare = container
                    .programs()
                    .shell(scratch, "exec " + namespace + "init", variables())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertEquals("up", unshare.inputReader().readLine());
            long init = unshare.children().findFirst().orElseThrow().pid();
            Programs.Result client = run("exec nsenter --target " + init + " --pid pintle shutdown 3");
            assertEquals(0, client.code(), client.output() + client.errors());
            assertTrue(unshare.waitFor(20, TimeUnit.SECONDS), "it ends");
            assertEquals(3, unshare.exitValue());
        }
    }

    /** The second service can have its process only once the first has gone. */
    @Test
    void aLimitOfProcessesIsWaitedForAndSaidOnce() throws IOException, InterruptedException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become a user that nobody else is");
        service("first", "command = sleep 2\nrestart = no\n");
        service("second", "command = sh -c 'echo up; exec sleep 100000'\nafter = first\nbackoff = none\n");
        String script = "exec pintle-setuser 48213:48213 pintle-limit nproc=2 init";
        Programs more = Programs.ours(scratch.resolve("more"), "init", "pintle-limit", "pintle-setuser");
        run("chmod 755 . more layout layout/services layout/services/*; mkdir -m 777 open");
        Process init = more.shell(
                        scratch,
                        script,
                        "PINTLE_DIR=" + scratch.resolve("layout"),
                        "PINTLE_CONTROL=" + scratch.resolve("open/control"))
                .redirectError(scratch.resolve("said").toFile())
                .start();
        try {
            assertEquals("up", init.inputReader().readLine());
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(
                "pintle: warn: cannot start second: EAGAIN: resource temporarily unavailable;"
                        + " trying again until it can be done\n",
                Files.readString(scratch.resolve("said")));
        assertEquals(0, init.exitValue());
    }

    @Test
    void servicesThatAScriptMakesAtTheStartRun() {
        service("make", """
                type    = oneshot
                command = sh -c 'cd $$PINTLE_DIR/services && mkdir -p made-$$N && echo "command = sleep 100000" \
                  >made-$$N/service.conf && pintle reload >/dev/null'

                [environment]
                N = 7
                """);
        Programs.Result result = run("init sh -c 'pintle wait made-7 && echo up'");
        assertEquals("up\n", result.output(), result.errors());
    }

    @Test
    void homeAndUserFollowTheUserOfAService() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        service("tells", "type = oneshot\nuser = nobody\ncommand = sh -c 'echo $$(id -u) $$USER $$HOME'\n");
        String expected = run("echo $(id -u nobody) nobody $(grep ^nobody: /etc/passwd | cut -d: -f6)")
                .output();
        assertEquals(expected, run("init true").output());
    }

    /** As OpenShift gives them out: without an entry, or with one that was added. */
    @Test
    void aUsersNumberMayBeLarge() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user, and mount");
        service("bare", "type = oneshot\nuser = 1000650000\ncommand = id -u\n");
        service("named", "type = oneshot\nuser = app\ncommand = id -u\n");
        String script = "cp /etc/passwd p; echo app:x:1000650000:0::/:/bin/false >>p; "
                + "mount --bind p /etc/passwd && exec init true";
        Programs.Result result = run("unshare --mount sh -c \"" + script + "\"");
        assertEquals("1000650000\n1000650000\n", result.output(), result.errors());
    }

    /** In a /run of its own: it is the machine's otherwise. */
    @Test
    void directoriesOfRunAreMadeForServicesAndMain() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount, and become another user");
        container.file("pintle.conf", "[container]\nmain_runtime_directory = main\n");
        service(
                "app",
                "command = sh -c 'echo > /run/app/mine; exec sleep 1000'\nuser = 65534:65533\n"
                        + "runtime_directory = app, there\nready = file:/run/app/mine\nready_timeout = 20s");
        String script = "mount -t tmpfs none /run && mkdir /run/there && exec init stat -c '%n %u:%g %a %F'"
                + " /run/app /run/there /run/main";
        Programs.Result result = run("unshare --mount sh -c \"" + script.replace("$", "\\$") + "\"");
        assertEquals(
                "/run/app 65534:65533 755 directory\n/run/there 0:0 755 directory\n/run/main 0:0 755 directory\n",
                result.output(),
                result.errors());
    }

    /** A link there would lead a root that follows it wherever its maker likes. */
    @Test
    void whatIsNoDirectoryIsNotTakenForOne() {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount");
        service("app", "command = sleep 1000\nruntime_directory = app\nstart_retries = 0\non_failed = stop_container");
        String script = "mount -t tmpfs none /run && ln -s /etc/passwd /run/app && exec init";
        Programs.Result result = run("unshare --mount sh -c \"" + script + "\"");
        assertTrue(result.errors().contains("cannot make /run/app: something else is there"), result.errors());
    }
}
