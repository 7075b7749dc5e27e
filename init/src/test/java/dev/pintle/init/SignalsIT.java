package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What signals do to the native init, as PID 1 where that can be, and what other processes of its kind do. */
final class SignalsIT {
    private static final long PATIENCE_SECONDS = 60;
    private static final char CONTROL_C = 3;

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
    }

    /** Any signal that an image may name: httpd's, haproxy's, and systemd's. */
    @Test
    void anyStopSignalStopsWhatHasNoMain() throws IOException, InterruptedException {
        container.service(
                "web", "command = sh -c 'trap \"echo saved; exit 0\" TERM; echo up; while :; do sleep 0.1; done'\n");
        for (String signal : new String[] {"WINCH", "USR1", "37", "ALRM", "PWR"}) {
            Process init = container
                    .programs()
                    .shell(scratch, "exec init", container.variables())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertEquals("up", init.inputReader().readLine());
            container.run("kill -" + signal + " " + init.pid());
            assertEquals("saved", init.inputReader().readLine(), signal);
            assertTrue(init.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends");
            assertEquals(0, init.exitValue());
        }
    }

    private Process onATerminal(Path seen) throws IOException {
        assumeTrue(Programs.installed("script"), "no script(1) here");
        String command = "tty >tty; exec " + container.programs().namespace(scratch) + "init";
        return container
                .programs()
                .shell(scratch, "exec script -q -e -c '" + command + "' /dev/null", container.variables())
                .redirectErrorStream(true)
                .redirectOutput(seen.toFile())
                .start();
    }

    private static void await(Process process, Path seen, String cue) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(seen).contains(cue)) {
            assertTrue(process.isAlive() && System.nanoTime() < deadline, () -> "it does not say " + cue);
            Thread.sleep(10);
        }
    }

    @Test
    void interruptTwiceAtTheTerminalKills() throws IOException, InterruptedException {
        container.file("pintle.conf", "[container]\nshutdown_grace_period = 5m\n");
        container.service(
                "web",
                "command = sh -c 'trap \"echo stays\" TERM; echo up; while :; do sleep 0.1; done'\nstop_grace_period = 5m\n");
        Path seen = scratch.resolve("seen");
        Process process = onATerminal(seen);
        try (OutputStream keyboard = process.getOutputStream()) {
            await(process, seen, "up");
            keyboard.write(CONTROL_C);
            keyboard.flush();
            await(process, seen, "stays");
            keyboard.write(CONTROL_C);
            keyboard.flush();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends");
            assertEquals(137, process.exitValue());
            assertTrue(Files.readString(seen).contains("interrupted again: killing web (pid "), Files.readString(seen));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void aTerminalOfAnotherSizeStopsNothing() throws IOException, InterruptedException {
        container.service("web", "command = sh -c 'echo up; exec sleep 100000'\n");
        Path seen = scratch.resolve("seen");
        Process process = onATerminal(seen);
        try (OutputStream keyboard = process.getOutputStream()) {
            await(process, seen, "up");
            Programs.Result resized = container.run("stty -F $(cat tty) cols 77 && sleep 1");
            assertEquals(0, resized.code(), resized.output() + resized.errors());
            assertTrue(process.isAlive());
            keyboard.write(CONTROL_C);
            keyboard.flush();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void aSecondInitOfAContainerRefuses() {
        container.service("web", "command = sleep 100000\n");
        container.service("once", "type = oneshot\ncommand = sh -c 'echo once'\n");
        Programs.Result result = container.run("init sh -c 'init; echo code $?; init true; echo code $?; exit 3'");
        assertEquals(3, result.code(), result.errors());
        assertEquals("once\ncode 112\ncode 112\n", result.output(), result.errors());
        assertTrue(result.errors().contains("cannot start a second init: the one with pid "), result.errors());
    }

    /** Pid 1 is the first whatever it finds, so the first one has another pid here, as below docker run --init. */
    @ParameterizedTest
    @CsvSource({"0,12345", "12345,0", "12345,12346"})
    void aSecondInitOfAnotherUserRefuses(int firstUser, int secondUser) {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can be two users");
        container = new LaidOut(scratch.resolve("users"), "init", "pintle-setuser");
        container.service("web", "command = sleep 100000\n");
        Programs.Result result = container.run("chmod 755 .. .; pintle-setuser " + firstUser
                + " init sh -c 'echo up; exec sleep 100000' >first & first=$!; until grep -q up first; do sleep 0.05; done;"
                + " pintle-setuser " + secondUser
                + " init true; echo code $?; echo pid $first; kill $first; wait $first");
        assertTrue(result.output().startsWith("code 112\npid "), result.output() + result.errors());
        String pid = result.output().substring("code 112\npid ".length()).strip();
        assertTrue(
                result.errors().contains("cannot start a second init: the one with pid " + pid + " runs this layout"),
                result.errors());
    }

    /** One that has no control socket in common with the first knows it by a name; one with other mounts, by the socket. */
    @Test
    void aSecondInitOfTheSameLayoutByAnotherPathRefuses() {
        String namespace = container.programs().namespace(scratch);
        assumeTrue(!namespace.isEmpty(), "no namespaces here");
        container.service("once", "type = oneshot\ncommand = sh -c 'echo once'\n");
        container.programs().with("others", """
                ln -s layout link
                for path in $PWD/layout $PWD/layout/ $PWD/layout/. $PWD/layout/services/.. $PWD/link; do
                    PINTLE_DIR=$path PINTLE_CONTROL= init true
                    echo name $?
                    PINTLE_DIR=$path unshare --mount init true
                    echo socket $?
                done
                """);
        Programs.Result result = container.run(namespace + "init others");
        assertEquals("once\n" + "name 112\nsocket 112\n".repeat(5), result.output(), result.errors());
        assertTrue(
                result.errors().contains("cannot start a second init: the one with pid 1 runs this layout"),
                result.errors());
    }

    @Test
    void anInitOfAnotherLayoutIsNoSecondOne() {
        container.service("web", "command = sleep 100000\n");
        Programs.Result result = container.run("init sh -c 'PINTLE_DIR=/nowhere init sh -c \"exit 5\"'");
        assertEquals(5, result.code(), result.errors());
    }

    @Test
    void initSaysWhatItIs() {
        assertTrue(container.run("init --help").output().startsWith("Usage: /init "));
        assertTrue(container.run("init --version").output().startsWith("pintle "));
    }

    @Test
    void aProgramThatGoesIntoTheBackgroundIsRecognised() {
        container.service("web", "command = sh -c 'sleep 100000 & exit 0'\nstart_retries = 0\nkill_group = no\n");
        Programs.Result result = container.run("init pintle wait web");
        assertTrue(
                result.errors().contains("cannot start web: exited with code 0 after ")
                        && result.errors().contains(", and continues in the background as "),
                result.errors());
    }

    /** Each has begun its program before either ends, so that only their variables tell whose is whose. */
    @Test
    void whatAnotherServiceLeavesBehindIsNotNamed() {
        for (String name : new String[] {"a", "b"}) {
            container.service(
                    name,
                    "command = sh -c 'setsid sh -c \"echo \\$$\\$$ >pid.$$PINTLE_SERVICE; exec sleep 100000\" &"
                            + " until test -s pid.a -a -s pid.b; do sleep 0.05; done'\n"
                            + "working_dir = ${HERE}\nstart_retries = 0\nmin_uptime = 1m\n");
        }
        Programs.Result result = container.run(
                "export HERE=$PWD; init sh -c 'pintle wait a; pintle wait b'; echo $(cat pid.a) $(cat pid.b)");
        String[] pids = result.output().trim().split(" ", -1);
        for (int i = 0; i < 2; i++) {
            String message = "cannot start " + "ab".charAt(i) + ": exited with code 0 after ";
            assertTrue(
                    result.errors()
                            .matches("(?s).*" + message + "[^ ]+, and continues in the background as sleep \\(pid "
                                    + pids[i] + "\\): .*"),
                    pids[i] + " " + result.errors());
        }
    }

    /** What is being killed has no variables any more that say whose it is. */
    @Test
    void whatIsKilledOfAnotherServiceIsNotNamed() {
        for (int i = 0; i < 60; i++) {
            container.service("s" + i, "command = sh -c 'sleep 100000 & sleep 0.2'\nstart_retries = 0\n");
        }
        Programs.Result result = container.run(
                "init sh -c 'until test $(pintle status | grep -c \" failed \") = 60; do sleep 0.1; done'");
        assertEquals(60, result.errors().split("behind, which was killed: ", -1).length - 1, result.errors());
        assertFalse(result.errors().contains("continues in the background"), result.errors());
    }

    /** What is in its group ends with it: only what has left that goes on. */
    @Test
    void whatIsKilledWithItsGroupDoesNotGoOnInTheBackground() {
        container.service("web", "command = sh -c 'sleep 100000 & sleep 0.1'\nstart_retries = 0\n");
        container.service(
                "own", "command = sh -c 'setsid sleep 100000 & sleep 0.1'\nstart_retries = 0\nautostart = no\n");
        Programs.Result result = container.run("init sh -c 'pintle wait web; pintle start own'");
        assertTrue(
                result.errors()
                        .matches("(?s).*cannot start web: exited with code 0 after [0-9]+ms, and left sleep"
                                + " \\(pid [0-9]+\\) behind, which was killed: keep it in the foreground.*"),
                result.errors());
        assertTrue(
                result.errors()
                        .matches("(?s).*cannot start own: exited with code 0 after [0-9]+ms, and continues in the"
                                + " background as sleep \\(pid [0-9]+\\): keep it in the foreground.*"),
                result.errors());
    }

    /** Where nothing starts it again, its end with success would look like a job's. */
    @Test
    void whatWentIntoTheBackgroundHasFailedWhereNothingRestartsIt() {
        String leaves = "command = sh -c 'sleep 100000 & exit 0'\n";
        container.service("web", leaves + "restart = no\nautostart = no\n");
        container.service("job", leaves + "type = oneshot\n");
        Programs.Result result = container.run("init sh -c 'pintle start web; pintle health'");
        assertEquals(1, result.code(), result.output());
        says(
                result,
                "web exited with code 0 after [0-9]+ms, and left PROCESS behind, which was killed: keep it in the"
                        + " foreground; it is not restarted");
        says(result, "job exited with code 0 after [0-9]+ms, and left PROCESS behind, which was killed");
        assertTrue(result.output().contains("web has failed: exited with code 0 after "), result.output());
    }

    /** The CMD of an image is often a daemon's name alone; and often a job, of which the code counts. */
    @Test
    void aMainThatGoesIntoTheBackgroundEndsTheContainerWithoutSuccess() {
        Programs.Result daemon = container.run("echo 'sleep 100000 & exit 0' >nginx; init sh ./nginx");
        assertEquals(1, daemon.code(), daemon.errors());
        says(
                daemon,
                "main exited with code 0 after [0-9]+ms, and left PROCESS behind, which was killed: keep it in the"
                        + " foreground \\(nginx -g 'daemon off;'\\): stopping the container");
        Programs.Result job = container.run("init sh -c 'sleep 100000 & exit 0'");
        assertEquals(0, job.code(), job.errors());
        says(job, "main exited with code 0 after [0-9]+ms, and left PROCESS behind, which was killed");
    }

    /** It may not have executed its program yet. */
    private static void says(Programs.Result result, String line) {
        String pattern = "(?s).*" + line.replace("PROCESS", "[a-z]+ \\(pid [0-9]+\\)") + "\n.*";
        assertTrue(result.errors().matches(pattern), result.errors());
    }

    @Test
    void whatAStopKillsIsNamed() {
        container.service("both", """
                command = sh -c '(trap "" TERM; echo >&3; exec sleep 100000) & exec sleep 100000'
                ready = fd:3
                stop_group = yes
                stop_grace_period = 200ms
                """);
        container.service("deaf", """
                command = sh -c 'trap "" TERM; sleep 100000 & echo >&3; while :; do sleep 100000; done'
                ready = fd:3
                stop_grace_period = 200ms
                """);
        Programs.Result result = container.run("init sh -c 'pintle stop both deaf'");
        says(result, "killing of deaf: sh \\(pid [0-9]+\\), PROCESS.*");
        says(
                result,
                "both: processes that it has started are still there 200ms after it was told to stop: killing them");
        says(result, "killing of both: PROCESS");
    }

    @Test
    void whatServicesLeaveBehindIsNamedWhenItIsKilled() {
        container.file("pintle.conf", "[container]\nshutdown_grace_period = 2s\n");
        container.service("web", "command = sleep 100000\n");
        container.programs().with("leaver", "setsid sh -c 'trap \"\" TERM; sleep 3; sleep 3' & sleep 0.3\n");
        Programs.Result result = container.run(container.programs().namespace(scratch) + "init leaver");
        assertTrue(result.errors().contains("killing what services have left behind: "), result.errors());
        assertTrue(result.errors().contains("sh (pid "), result.errors());
    }
}
