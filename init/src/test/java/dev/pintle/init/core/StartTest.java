package dev.pintle.init.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Starts: order, readiness, failed starts and their pauses. */
class StartTest {

    @Test
    void startsInParallelWhatNeedsNothing() {
        Stage stage = Stage.of("a", "command = a", "b", "command = b").boot();
        assertEquals(List.of("run a", "run b"), stage.done());
        assertEquals("ready", stage.state("a"));
    }

    @Test
    void waitsForADependencyToBeReady() {
        Stage stage = Stage.of("db", "command = db\nready = fd:3", "web", "command = web\ndepends_on = db")
                .boot();
        assertEquals(List.of("run db"), stage.done());
        assertEquals("waits for db to be ready", stage.supervisor.waitsFor(stage.service("web")));
        stage.comesReady("db");
        assertEquals(List.of("run web"), stage.done());
    }

    /** In a crash storm of hundreds, users are answered between the turns. */
    @Test
    void fewAreLaunchedInOneTurnAndTheOthersInTheirOrder() {
        String[] layout = new String[40];
        for (int i = 0; i < 20; i++) {
            layout[2 * i] = String.valueOf((char) ('a' + i));
            layout[2 * i + 1] = "command = x\n[healthcheck]\ntest = y";
        }
        Stage stage = Stage.of(layout).boot();
        List<String> runs = new ArrayList<>();
        List<String> tests = new ArrayList<>();
        while (runs.size() + tests.size() < 40) {
            int runsBefore = runs.size();
            int testsBefore = tests.size();
            stage.done().forEach(done -> (done.endsWith("health check") ? tests : runs).add(done));
            assertTrue(runs.size() + tests.size() > runsBefore + testsBefore, "each turn goes on");
            assertTrue(runs.size() - runsBefore <= Fleet.LAUNCHED_PER_TURN);
            assertTrue(tests.size() - testsBefore <= Fleet.LAUNCHED_PER_TURN);
            stage.send(new Event.Ticked());
        }
        assertEquals(runs.stream().sorted().toList(), runs);
        assertEquals(20, tests.size());
    }

    @Test
    void bareDependencyOnAOneshotWaitsForItsSuccess() {
        Stage stage = Stage.of("migrate", "type = oneshot\ncommand = m", "web", "command = web\ndepends_on = migrate")
                .boot();
        assertEquals("up", stage.state("migrate"));
        assertEquals(List.of("run migrate"), stage.done());
        stage.exits("migrate", 0);
        assertEquals(List.of("KILL migrate group", "run web"), stage.done());
        assertEquals("done", stage.state("migrate"));
    }

    @Test
    void failureOfADependencyFailsWhatNeedsItAndSaysWhy() {
        Stage stage = Stage.of(
                        "migrate",
                        "type = oneshot\ncommand = m\non_failed = ignore",
                        "web",
                        "command = web\ndepends_on = migrate")
                .boot()
                .exits("migrate", 3);
        assertEquals("failed", stage.state("web"));
        assertEquals(
                "it needs migrate to be completed, which has failed",
                stage.service("web").reason());
        assertEquals(-1, stage.exitCode());
    }

    @Test
    void finishedIsMetByFailureToo() {
        Stage stage = Stage.of(
                        "try",
                        "type = oneshot\ncommand = m\non_failed = ignore",
                        "web",
                        "command = web\ndepends_on = try:finished")
                .boot()
                .exits("try", 1);
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void afterOrdersWithoutPullingInOrFailing() {
        Stage stage = Stage.of(
                        "a",
                        "command = a\nstart_retries = 0",
                        "b",
                        "command = b\nafter = a, nobody",
                        "c",
                        "command = c\nafter = off",
                        "off",
                        "command = off\nautostart = no")
                .boot();
        assertEquals(List.of("run a", "run c", "run b"), stage.done());
        assertEquals("down", stage.state("off"));
    }

    @Test
    void startPullsInWhatIsDown() {
        Stage stage = Stage.of(
                        "db", "command = db\nautostart = no", "web", "command = web\nautostart = no\ndepends_on = db")
                .boot();
        assertEquals(List.of(), stage.done());
        stage.send(new Event.StartRequested(List.of("web")));
        assertEquals(List.of("run db", "run web"), stage.done());
    }

    @Test
    void exponentialPausesAfterFailedStarts() {
        Stage stage = Stage.of("web", "command = web\nbackoff_max = 5s").boot();
        long[] pauses = {1_000, 2_000, 4_000, 5_000, 5_000};
        for (long pause : pauses) {
            stage.exits("web", 1);
            assertEquals("backoff", stage.state("web"));
            stage.done();
            stage.pass(pause - 1);
            assertEquals(List.of(), stage.done());
            stage.pass(1);
            assertEquals(List.of("run web"), stage.done());
        }
    }

    @Test
    void linearPausesAreSupervisords() {
        Stage stage = Stage.of("web", "command = web\nbackoff = linear\nstart_retries = 3")
                .boot();
        for (long pause = 1_000; pause <= 3_000; pause += 1_000) {
            stage.exits("web", 0).pass(pause - 1);
            assertEquals("backoff", stage.state("web"));
            stage.pass(1);
            assertEquals("ready", stage.state("web"));
        }
        stage.exits("web", 0);
        assertEquals("failed", stage.state("web"));
        assertEquals(4, stage.service("web").starts());
    }

    @Test
    void aRunOfBackoffResetForgetsFailedStarts() {
        Stage stage = Stage.of("web", "command = web\nmin_uptime = 2s\nbackoff_reset = 2s")
                .boot();
        stage.pass(1_999).exits("web", 1);
        assertEquals(1, stage.service("web").failures());
        stage.pass(1_000).pass(2_000).exits("web", 1);
        assertEquals(0, stage.service("web").failures());
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void aRunIsProvedByTimeWhereNothingElseProvesIt() {
        Stage stage = Stage.of("web", "command = web", "db", "command = db\nready = fd:3")
                .boot();
        stage.send(new Event.ProofAwaited(List.of("web", "db"))).comesReady("db");
        stage.done();
        assertTrue(stage.service("db").isProved(stage.now));
        stage.pass(999);
        assertFalse(stage.service("web").isProved(stage.now));
        assertEquals(List.of(), stage.done());
        stage.pass(1);
        assertEquals(List.of("web is proved"), stage.done());
        stage.pass(3_600_000);
        assertEquals(List.of(), stage.done());
    }

    /** Each reason may be hundreds of characters long, and there may be as many as services. */
    @Test
    void ofManyThatAreLateTheFirstAreSaid() {
        List<String> services = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            services.addAll(List.of("d" + i, "command = d\nready = notify"));
            services.addAll(List.of("w" + i, "command = w\ndepends_on = d" + i));
        }
        Stage stage = Stage.of(services.toArray(new String[0])).boot().pass(10_000);
        List<String> said = stage.said();
        assertEquals(1, said.size());
        String late = said.get(0);
        assertTrue(late.contains("; w0 waits for d0 to be ready; "), late);
        assertEquals(11, late.split("; ").length, late);
        assertTrue(late.endsWith("; and 3 more wait for others"), late);
    }

    @Test
    void whatIsWaitedForIsSaidMoreAndMoreRarely() {
        Stage stage = Stage.of(
                        "db",
                        "command = db\nready = notify",
                        "web",
                        "command = w\ndepends_on = db",
                        "job",
                        "type = oneshot\ncommand = j")
                .boot()
                .pass(9_999);
        assertEquals(List.of(), stage.said());
        stage.pass(1);
        String late = " db is not ready: it has not sent READY=1 to $NOTIFY_SOCKET; web waits for db to be ready";
        assertEquals(List.of("after 10s" + late), stage.said());
        stage.pass(50_000);
        assertEquals(List.of("after 1m" + late), stage.said());
        stage.pass(3_600_000);
        assertEquals(List.of("after 10m" + late), stage.said());
        stage.comesReady("db").pass(100_000_000);
        assertEquals(List.of(), stage.said());
    }

    @Test
    void aTestThatTheKernelRefusesIsNoVerdict() {
        Stage stage = Stage.of(
                        "web",
                        "command = web\n[healthcheck]\ntest = t\nretries = 1\ninterval = 10s\non_unhealthy = restart")
                .boot();
        stage.forks = false;
        stage.pass(60_000);
        assertEquals("ready", stage.state("web"));
        assertEquals(HealthState.STARTING, stage.service("web").healthState());
        stage.forks = true;
        stage.pass(10_000).exits("web's health check", 0);
        assertEquals(HealthState.HEALTHY, stage.service("web").healthState());
    }

    @Test
    void aProgramThatGoesIntoTheBackgroundIsToldHowToStay() {
        Stage stage = Stage.of("ngx", "command = /usr/sbin/nginx", "own", "command = own")
                .boot();
        stage.exits("ngx", 0);
        assertEquals(
                List.of("cannot start ngx: exited with code 0 after 0ms; if it goes into the background, keep it in the"
                        + " foreground (nginx -g 'daemon off;'); next try in 1s"),
                stage.said());
        stage.send(
                new Event.Ended(stage.pid("own"), ExitStatus.ofCode(0), "left own (pid 7) behind, which was killed"));
        assertEquals(
                List.of("cannot start own: exited with code 0 after 0ms, and left own (pid 7) behind, which was killed:"
                        + " keep it in the foreground; next try in 1s"),
                stage.said());
    }

    /** Its end with success is not believed, whatever comes after it by the layout. */
    @Test
    void aProgramThatWentIntoTheBackgroundHasFailed() {
        for (String policy :
                List.of("restart = no", "restart = on-failure\nstart_retries = 0", "on_exit = stop_container")) {
            Stage stage =
                    Stage.of("web", "command = /usr/sbin/nginx\n" + policy).boot();
            String left = "continues in the background as nginx (pid 7)";
            stage.send(new Event.Ended(stage.pid("web"), ExitStatus.ofCode(0), left));
            assertEquals("failed", stage.state("web"), policy);
            String said = String.join("; ", stage.said());
            assertTrue(said.contains(left + ": keep it in the foreground (nginx -g 'daemon off;')"), said);
            assertEquals(policy.startsWith("on_exit") ? 1 : -1, stage.exitCode(), policy);
        }
    }

    /** What is slow to go there is known by its name alone. */
    @Test
    void onlyAKnownProgramGoesIntoTheBackgroundAfterMinUptime() {
        Stage stage = Stage.of("ngx", "command = nginx\nrestart = no", "job", "command = job\nrestart = no")
                .boot();
        stage.pass(2_000);
        stage.said();
        String left = "left it (pid 7) behind, which was killed";
        stage.send(new Event.Ended(stage.pid("ngx"), ExitStatus.ofCode(0), left));
        assertEquals("failed", stage.state("ngx"));
        stage.said();
        stage.send(new Event.Ended(stage.pid("job"), ExitStatus.ofCode(0), left));
        assertEquals("done", stage.state("job"));
        assertEquals(List.of("job exited with code 0 after 2s, and " + left), stage.said());
    }

    /** What somebody else has left is no reason to call a service failed. */
    @Test
    void anOrphanThatMayBeAnothersIsNoFailure() {
        Stage stage = Stage.of("ngx", "command = nginx\nrestart = no", "job", "command = job\nrestart = no")
                .boot();
        String left = "perhaps continues in the background as it (pid 7)";
        stage.send(new Event.Ended(stage.pid("job"), ExitStatus.ofCode(0), left));
        assertEquals("done", stage.state("job"));
        assertEquals(List.of("job exited with code 0 after 0ms, and " + left), stage.said());
        stage.send(new Event.Ended(stage.pid("ngx"), ExitStatus.ofCode(0), left));
        assertEquals("failed", stage.state("ngx"));
    }

    @Test
    void whatAOneshotLeavesBehindIsSaid() {
        Stage stage = Stage.of("job", "type = oneshot\ncommand = nginx").boot();
        stage.send(new Event.Ended(stage.pid("job"), ExitStatus.ofCode(0), "left it (pid 7) behind, which was killed"));
        assertEquals("done", stage.state("job"));
        assertEquals(
                List.of("job exited with code 0 after 0ms, and left it (pid 7) behind, which was killed"),
                stage.said());
    }

    @Test
    void aRunThatEndsTooSoonThoughItWasReadySaysSo() {
        Stage stage = Stage.of("web", "command = web\nready = notify").boot();
        stage.done();
        stage.comesReady("web").pass(300).exits("web", 1);
        assertEquals(
                List.of("cannot start web: exited with code 1 after 300ms, though it had been ready; next try in 1s"),
                stage.said());
    }

    @Test
    void anUnreadyRunIsAFailedStart() {
        Stage stage = Stage.of("web", "command = web\nready = fd:3\nready_timeout = 10s")
                .boot();
        stage.done();
        stage.pass(10_000);
        assertEquals(List.of("TERM web"), stage.done());
        stage.dies("web", 15);
        assertEquals("backoff", stage.state("web"));
        assertEquals(
                "not ready within 10s: it has not written a newline to descriptor 3",
                stage.service("web").reason());
    }

    @Test
    void saysWhichStepOfTheSetUpFailed() {
        Stage stage = Stage.of("web", "command = web");
        stage.executes = false;
        stage.boot().cannotExecute("web", Errno.ENOENT);
        assertEquals(
                List.of("cannot start web: cannot execute web: ENOENT: no such file or directory; next try in 1s"),
                stage.said());
    }

    /** A path has up to 4,096 characters, and each service keeps several causes: status of all would take long. */
    @Test
    void aLongCauseIsKeptWithoutItsMiddle() {
        for (String path : List.of("/begin" + "x".repeat(4_000) + "/end", "/begin" + "😀".repeat(999) + "/end")) {
            Stage stage = Stage.of("web", "command = web\nstart_retries = 0");
            stage.executes = false;
            stage.boot().cannotExecute("web", path, Errno.ENOENT);
            String reason = String.valueOf(stage.service("web").reason());
            assertTrue(reason.startsWith("cannot execute /begin"), reason);
            assertTrue(reason.endsWith("/end: ENOENT: no such file or directory"), reason);
            assertTrue(reason.length() < 320, reason);
            assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(reason), "no character is cut in two: " + reason);
        }
        Stage stage = Stage.of("web", "command = web\nready = file:/run/" + "x".repeat(4_000) + "\nready_timeout = 1s");
        stage.boot().pass(1_000);
        assertTrue(stage.said().toString().length() < 600, stage.said().toString());
    }

    @Test
    void aRefusedForkIsNoFailedStart() {
        Stage stage = Stage.of("web", "command = web\nstart_retries = 0").boot();
        stage.exits("web", 1);
        assertEquals("failed", stage.state("web"));
        stage = Stage.of("web", "command = web\nstart_retries = 0");
        stage.send(new Event.StartRequested(List.of()));
        stage.supervisor.step(new Event.Booted(), 0);
        stage.send(new Event.SpawnRefused("web", Role.RUN, Errno.EAGAIN));
        assertEquals("backoff", stage.state("web"));
        assertEquals(0, stage.service("web").failures());
        stage.pass(1_000);
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void refusedForksAreTriedAgainAfterGrowingPausesAndSaidOnce() {
        Stage stage = Stage.of("web", "command = web\nbackoff_max = 3s");
        stage.forks = false;
        stage.boot();
        stage.pass(999);
        assertEquals(1, stage.service("web").starts());
        stage.pass(1);
        assertEquals(2, stage.service("web").starts());
        stage.pass(1_999);
        assertEquals(2, stage.service("web").starts());
        stage.pass(1);
        assertEquals(3, stage.service("web").starts());
        stage.pass(3_000);
        assertEquals(4, stage.service("web").starts());
        assertEquals(
                List.of(
                        "cannot start web: EAGAIN: resource temporarily unavailable; trying again until it can be done"),
                stage.said());
        stage.forks = true;
        stage.pass(3_000);
        assertEquals("ready", stage.state("web"));
        stage.forks = false;
        stage.send(new Event.RestartRequested(List.of("web")));
        stage.exits("web", 0);
        stage.pass(1_000);
        assertEquals(1, stage.said().size(), "it is said again when it comes again");
    }

    @Test
    void whatCannotBeDescribedIsAFailedStart() {
        Stage stage = Stage.of("web", "command = web\nstart_retries = 0\nuser = nobody-such");
        stage.supervisor.step(new Event.Booted(), 0);
        stage.send(new Event.Unlaunchable("web", Role.RUN, "there is no user nobody-such in /etc/passwd"));
        assertEquals("failed", stage.state("web"));
        assertEquals(List.of("cannot start web: there is no user nobody-such in /etc/passwd"), stage.said());
    }

    @Test
    void stopsTheContainerWhenStartupTakesTooLong() {
        Stage stage = Stage.of(
                        "pintle.conf",
                        "[container]\nstartup_timeout = 5s",
                        "web",
                        "command = web\nready = fd:3",
                        "db",
                        "command = db")
                .boot()
                .pass(5_000);
        assertTrue(stage.said()
                .contains(
                        "not up within startup_timeout: web is not ready: it has not written a newline to descriptor 3:"
                                + " stopping the container"));
        stage.dies("web", 15).dies("db", 15);
        assertEquals(1, stage.exitCode());
    }
}
