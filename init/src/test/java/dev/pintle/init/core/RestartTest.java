package dev.pintle.init.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.ExitStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows the end of a run, and the health that may bring it about. */
class RestartTest {

    @Test
    void restartsAtOnceAfterARunThatHadComeUp() {
        Stage stage = Stage.of("web", "command = web").boot().pass(5_000);
        stage.done();
        stage.exits("web", 1);
        assertEquals(List.of("KILL web group", "run web"), stage.done());
        assertEquals(List.of("web exited with code 1 after 5s; restarting it"), stage.said());
    }

    @Test
    void aRunThatIsAskedForOnceIsFollowedByNone() {
        Stage stage = Stage.of("web", "command = web\nautostart = no").boot();
        stage.send(new Event.OnceRequested(List.of("web"))).pass(5_000);
        assertEquals("ready", stage.state("web"));
        stage.exits("web", 1).pass(60_000);
        assertEquals("down", stage.state("web"));
        assertEquals(1, stage.service("web").starts());
    }

    @Test
    void oneThatRunsIsNotStartedAgainOnceItIsAskedForOnce() {
        Stage stage = Stage.of("web", "command = web").boot().pass(5_000);
        stage.send(new Event.OnceRequested(List.of("web")));
        assertEquals("ready", stage.state("web"));
        stage.exits("web", 1).pass(60_000);
        assertEquals("down", stage.state("web"));
        stage.send(new Event.StartRequested(List.of("web")));
        stage.exits("web", 1).pass(60_000);
        assertEquals("ready", stage.state("web"));
    }

    /** The next run may have begun before it is told. */
    @Test
    void anEndIsAnnouncedWithTheTimeThatItsOwnRunHasLasted() {
        Stage stage = Stage.of("web", "command = web").boot().pass(4_000).dies("web", 9);
        assertEquals("ready", stage.state("web"));
        assertEquals(List.of("web: killed by SIGKILL after 4s"), stage.ended());
    }

    @Test
    void theOutputOfWhatFailsIsKeptUntilARunHasLasted() {
        Stage stage = Stage.of("web", "command = web", "job", "command = job\nrestart = no")
                .boot();
        stage.pass(5_000).exits("web", 1);
        assertEquals(Set.of(), stage.heard, "it is restarted at once, and that may be all");
        stage.pass(5_000).exits("web", 1);
        assertEquals(Set.of("web"), stage.heard);
        stage.pass(300_000).exits("web", 1);
        assertEquals(Set.of(), stage.heard);
        stage.pass(300_000).exits("web", 1).pass(500).exits("web", 1);
        assertEquals(Set.of("web"), stage.heard, "a failed start");
        stage.exits("job", 1);
        assertEquals(Set.of("web", "job"), stage.heard, "one for good");
        stage.send(new Event.StartRequested(List.of("job"))).exits("job", 0);
        assertEquals(Set.of("web"), stage.heard);
    }

    /** However long its runs are, as long as they tell of trouble. */
    @Test
    void theOutputOfWhatKeepsFailingIsKept() {
        Stage stage = Stage.of("web", "command = web").boot();
        for (int i = 0; i < 3; i++) {
            stage.pass(12_000).exits("web", 7).pass(1_000);
        }
        assertTrue(stage.service("web").keepsEnding(stage.now));
        assertEquals(Set.of("web"), stage.heard);
        stage.pass(12_000).exits("web", 7);
        assertEquals(Set.of("web"), stage.heard);
        stage.pass(300_000).exits("web", 7);
        assertEquals(Set.of(), stage.heard);
    }

    @Test
    void theOutputOfWhatIsGivenUpIsKept() {
        Stage stage = Stage.of("web", "command = web\nrestart_limit = 1\nbackoff_reset = 1s")
                .boot();
        stage.pass(2_000).exits("web", 1).pass(2_000).exits("web", 1);
        assertEquals("failed", stage.state("web"));
        assertEquals(Set.of("web"), stage.heard);
    }

    /** Nobody has to wait for an end that it has by itself. */
    @Test
    void theOutputOfWhatHasRecoveredIsNotKeptOnceSomebodyRestartsIt() {
        Stage stage = Stage.of("web", "command = web", "api", "command = api").boot();
        stage.exits("web", 1).exits("api", 1).pass(1_000);
        assertEquals(Set.of("web", "api"), stage.heard);
        stage.pass(20_000).send(new Event.RestartRequested(List.of("web"))).exits("web", 0);
        stage.send(new Event.StopRequested(List.of("api"))).exits("api", 0);
        assertEquals(Set.of(), stage.heard);
        stage.exits("web", 1).pass(1_000).pass(500);
        stage.send(new Event.RestartRequested(List.of("web"))).exits("web", 0);
        assertEquals(Set.of("web"), stage.heard, "that was too short");
    }

    @Test
    void waitsForTheRestartDelay() {
        Stage stage = Stage.of("web", "command = web\nrestart_delay = 3s")
                .boot()
                .pass(5_000)
                .exits("web", 0);
        stage.pass(2_999);
        assertEquals("backoff", stage.state("web"));
        stage.pass(1);
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void neverSpinsWhateverTheLayoutSays() {
        Stage stage = Stage.of("web", "command = web\nmin_uptime = 0\nbackoff_reset = 0")
                .boot();
        for (int i = 0; i < 5; i++) {
            stage.exits("web", 0).pass(1_000);
        }
        assertEquals(6, stage.service("web").starts());
    }

    @Test
    void neverSpinsOnFailedStartsEither() {
        Stage stage = Stage.of("web", "command = web\nbackoff_max = 1ms").boot();
        for (int i = 0; i < 5; i++) {
            stage.exits("web", 1).pass(999);
            assertEquals("backoff", stage.state("web"));
            stage.pass(1);
        }
        assertEquals(6, stage.service("web").starts());
    }

    @Test
    void restartNoEndsForGoodHoweverShortTheRun() {
        Stage stage = Stage.of("once", "command = once\nrestart = no").boot().exits("once", 7);
        assertEquals("failed", stage.state("once"));
        assertEquals(List.of("once exited with code 7 after 0ms and is not restarted"), stage.said());
        stage.pass(60_000);
        assertEquals(1, stage.service("once").starts());
        assertEquals(-1, stage.exitCode());
    }

    @Test
    void anEndForGoodIsDoneOnlyWithSuccess() {
        Stage stage = Stage.of("job", "command = job\nrestart = no", "other", "command = o\nrestart = no")
                .boot()
                .pass(2_000);
        stage.exits("job", 0).dies("other", 11);
        assertEquals("done", stage.state("job"));
        assertEquals("failed", stage.state("other"));
        assertEquals("killed by SIGSEGV after 2s", stage.service("other").reason());
    }

    /** It follows on_exit where that is given, and else on_failed. */
    @Test
    void anEndForGoodWithoutSuccessIsAFailureForTheContainerToo() {
        String once = "command = job\nrestart = no\non_failed = stop_container\n";
        assertEquals(3, Stage.of("job", once).boot().exits("job", 3).exitCode());
        assertEquals(
                -1,
                Stage.of("job", once + "on_exit = ignore")
                        .boot()
                        .exits("job", 3)
                        .exitCode());
    }

    @Test
    void aSlowCrashLoopIsSlowedDownMoreAndMore() {
        Stage stage = Stage.of("web", "command = web").boot();
        long[] pauses = {0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
        for (long pause : pauses) {
            stage.pass(1_200).exits("web", 1);
            if (pause > 0) {
                assertEquals("backoff", stage.state("web"));
                stage.pass(pause - 1);
                assertEquals("backoff", stage.state("web"));
                stage.pass(1);
            }
            assertEquals("ready", stage.state("web"));
        }
    }

    @Test
    void aRunOfBackoffResetEndsTheBackoff() {
        Stage stage = Stage.of("web", "command = web\nbackoff_reset = 3s").boot();
        stage.pass(1_200).exits("web", 1).pass(1_200).exits("web", 1);
        assertEquals("backoff", stage.state("web"));
        stage.pass(1_000).pass(3_000).exits("web", 1);
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void aServiceThatKeepsEndingIsInTroubleWhileItRuns() {
        Stage stage = Stage.of("web", "command = web").boot().pass(1_200).exits("web", 1);
        assertFalse(stage.service("web").keepsEnding(stage.now));
        stage.pass(1_200).exits("web", 1).pass(1_000);
        assertEquals("ready", stage.state("web"));
        assertTrue(stage.service("web").keepsEnding(stage.now));
        assertEquals(2, stage.service("web").restartsLately(stage.now));
        stage.pass(10_000);
        assertFalse(stage.service("web").keepsEnding(stage.now));
    }

    /** However long its runs are, the one that is on has to last longer to be believed. */
    @Test
    void aSlowCrashLoopIsTroubleAllTheTime() {
        for (long run : new long[] {12_000, 50_000}) {
            Stage stage = Stage.of("web", "command = web").boot();
            for (int i = 0; i < 3; i++) {
                stage.pass(run).exits("web", 1).pass(1_000);
                assertEquals("ready", stage.state("web"));
            }
            assertTrue(stage.service("web").keepsEnding(stage.now));
            assertEquals(3, stage.service("web").restartsInAWhile(stage.now));
            stage.pass(run);
            assertTrue(stage.service("web").keepsEnding(stage.now), run + " ms");
            stage.pass(run + 2_000);
            assertFalse(stage.service("web").keepsEnding(stage.now), run + " ms");
        }
    }

    /** What a converted file asks for: no back-off, but no silence either. */
    @Test
    void oneThatKeepsFailingIsInTroubleHoweverSoonItsBackoffEnds() {
        Stage stage = Stage.of("web", "command = web\nbackoff_reset = 1s").boot();
        for (int i = 0; i < 3; i++) {
            stage.pass(1_200).exits("web", 1);
            assertEquals("ready", stage.state("web"));
        }
        assertTrue(stage.service("web").keepsEnding(stage.now));
    }

    @Test
    void whatWasBeforeSomebodyStartedItIsPast() {
        Stage stage = Stage.of("web", "command = web\nrestart_limit = 2\nbackoff_reset = 1s")
                .boot();
        for (int i = 0; i < 3; i++) {
            stage.pass(1_200).exits("web", 1);
        }
        assertEquals("failed", stage.state("web"));
        stage.send(new Event.StartRequested(List.of("web")));
        assertEquals("ready", stage.state("web"));
        assertFalse(stage.service("web").keepsEnding(stage.now));
        assertEquals(0, stage.service("web").restartsLately(stage.now));
        assertEquals(3, stage.service("web").lastFailures().size());
        stage.pass(1_200).exits("web", 1);
        assertEquals("ready", stage.state("web"));
        assertFalse(stage.service("web").keepsEnding(stage.now));
    }

    @Test
    void aRestartCountsOnceItIsMade() {
        Stage stage = Stage.of("web", "command = web").boot().pass(1_200).exits("web", 1);
        assertEquals("ready", stage.state("web"));
        assertEquals(1, stage.service("web").restartsLately(stage.now));
        stage.pass(1_200).exits("web", 1);
        assertEquals("backoff", stage.state("web"));
        assertEquals(1, stage.service("web").restartsLately(stage.now));
        stage.pass(1_000);
        assertEquals("ready", stage.state("web"));
        assertEquals(2, stage.service("web").restartsLately(stage.now));
        assertEquals(3, stage.service("web").starts());
    }

    @Test
    void moreRestartsThanTheLayoutAllowsAreAFailure() {
        Stage stage = Stage.of("web", "command = web\nrestart_limit = 3\nbackoff_reset = 0")
                .boot();
        for (int i = 0; i < 3; i++) {
            stage.pass(1_200).exits("web", 1);
            assertEquals("ready", stage.state("web"));
        }
        stage.said();
        stage.pass(1_200).exits("web", 1);
        assertEquals("failed", stage.state("web"));
        assertEquals(
                List.of("web is given up: exited with code 1 after 1.2s (3 restarts within 1m: restart_limit)"),
                stage.said());
        stage.send(new Event.StartRequested(List.of("web"))).pass(1_200).exits("web", 1);
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void restartsAreCountedInTheirTimeAlone() {
        Stage stage = Stage.of("web", "command = web\nrestart_limit = 1\nrestart_limit_period = 20s")
                .boot();
        for (int i = 0; i < 5; i++) {
            stage.pass(25_000).exits("web", 1);
            assertEquals("ready", stage.state("web"));
        }
    }

    /** A job that runs now and then, as restart_delay says. */
    @Test
    void aJobThatSucceedsIsRunAgainAfterItsDelay() {
        Stage stage = Stage.of("cron", "command = cron\nrestart_delay = 10s").boot();
        for (int i = 0; i < 5; i++) {
            stage.exits("cron", 0);
            assertEquals("backoff", stage.state("cron"));
            assertTrue(stage.service("cron").restsBetweenRuns());
            stage.pass(10_000);
            assertEquals("ready", stage.state("cron"));
        }
    }

    @Test
    void anUnhealthyServiceThatNeverCameUpHasFailedToStart() {
        Stage stage = Stage.of(
                        "web",
                        "command = web\nready = healthcheck\nstart_retries = 1\n"
                                + "[healthcheck]\ntest = t\ninterval = 100ms\nretries = 1\non_unhealthy = restart")
                .boot()
                .pass(100);
        stage.exits("web's health check", 1);
        stage.pass(100).exits("web's health check", 1);
        assertEquals("stopping", stage.state("web"));
        stage.dies("web", 15);
        assertEquals("backoff", stage.state("web"));
        stage.pass(1_200).exits("web's health check", 1);
        stage.pass(100).exits("web's health check", 1).dies("web", 15);
        assertEquals("failed", stage.state("web"));
    }

    @Test
    void anUnhealthyServiceThatNeverCameUpHasFailedToStartHoweverLongItRan() {
        Stage stage = Stage.of(
                        "web",
                        "command = web\nready = healthcheck\nstart_retries = 0\n"
                                + "[healthcheck]\ntest = t\ninterval = 10s\nretries = 1\non_unhealthy = restart")
                .boot()
                .pass(0);
        for (int second = 0; second < 10; second++) {
            stage.exits("web's health check", 1).pass(1_000);
        }
        assertEquals("up", stage.state("web"));
        stage.exits("web's health check", 1);
        assertEquals("stopping", stage.state("web"));
        stage.dies("web", 15);
        assertEquals("failed", stage.state("web"));
    }

    /** No start would follow: it would be stopped for nothing. */
    @Test
    void anUnhealthyRunThatIsToBeFollowedByNoneGoesOn() {
        Stage stage = Stage.of(
                        "web",
                        "command = web\nautostart = no\n"
                                + "[healthcheck]\ntest = t\nretries = 1\non_unhealthy = restart")
                .boot();
        stage.send(new Event.OnceRequested(List.of("web"))).pass(0);
        stage.exits("web's health check", 0).pass(30_000);
        stage.said();
        stage.exits("web's health check", 1);
        assertEquals(HealthState.UNHEALTHY, stage.service("web").healthState());
        assertEquals("ready", stage.state("web"));
        assertEquals(List.of("web is unhealthy: its health check failed: exited with code 1"), stage.said());
    }

    @Test
    void anUnhealthyRunThatIsWantedAgainIsRestartedByItsNextTest() {
        Stage stage = Stage.of(
                        "web",
                        "command = web\nautostart = no\n"
                                + "[healthcheck]\ntest = t\nretries = 1\non_unhealthy = restart")
                .boot();
        stage.send(new Event.OnceRequested(List.of("web"))).pass(0);
        stage.exits("web's health check", 0).pass(30_000).exits("web's health check", 1);
        stage.send(new Event.StartRequested(List.of("web"))).pass(30_000);
        stage.done();
        stage.said();
        stage.exits("web's health check", 1);
        assertEquals(List.of("KILL web's health check group", "TERM web"), stage.done());
        assertEquals(1, stage.said().size());
        stage.dies("web", 15).pass(1_000);
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void whoDependsOnWhatHasFailedGoesOnAndSaysSo() {
        Stage stage = Stage.of("db", "command = db\nstart_retries = 0", "web", "command = w\ndepends_on = db")
                .boot()
                .exits("db", 1);
        assertEquals("failed", stage.state("db"));
        assertEquals("ready", stage.state("web"));
        assertEquals("depends on db, which has failed", stage.supervisor.explain(stage.service("web")));
        assertTrue(stage.said().contains("db has failed; web depends on it and keeps running without it"));
    }

    @Test
    void aGivenLeastUptimeMakesAShortRunAFailedStartWhateverThePolicy() {
        Stage stage = Stage.of("once", "command = once\nrestart = no\nmin_uptime = 1s\nstart_retries = 3")
                .boot()
                .exits("once", 0);
        assertEquals("backoff", stage.state("once"));
    }

    @Test
    void onFailureRestartsOnlyWhatDidNotSucceed() {
        Stage stage = Stage.of("job", "command = job\nrestart = on-failure\nsuccess_exit_codes = 0, 2, SIGTERM")
                .boot()
                .pass(2_000);
        stage.exits("job", 1);
        assertEquals("ready", stage.state("job"));
        stage.pass(2_000).dies("job", 15);
        assertEquals("done", stage.state("job"));
    }

    @Test
    void finishGetsCodeAndSignalAndComesBeforeTheNextStart() {
        Stage stage = Stage.of("web", "command = web").boot();
        assertEquals(List.of("run web"), stage.done());
        Stage scripted = scripted().boot().pass(2_000);
        scripted.done();
        scripted.dies("web", 9);
        assertEquals(List.of("KILL web group", "run web's finish script 256 9"), scripted.done());
        assertEquals("finishing", scripted.state("web"));
        scripted.exits("web's finish script", 0);
        assertEquals(List.of("run web"), scripted.done());
    }

    @Test
    void finishThatExits125GivesUp() {
        Stage stage = scripted().boot().pass(2_000).exits("web", 1).exits("web's finish script", 125);
        assertEquals("failed", stage.state("web"));
        assertEquals(
                "exited with code 1 after 2s; its finish script exited with code 125",
                stage.service("web").reason());
        assertEquals(
                List.of("web exited with code 1 after 2s and is not restarted: its finish script exited with code 125"),
                stage.said());
        assertEquals(
                "exited with code 1 after 2s",
                stage.service("web").lastFailures().get(0).how());
    }

    @Test
    void finishThatExits125AfterAFailedStartSaysThatToo() {
        Stage stage = scripted().boot().exits("web", 1).exits("web's finish script", 125);
        assertEquals(
                List.of("cannot start web: exited with code 1 after 0ms; its finish script exited with code 125"),
                stage.said());
    }

    @Test
    void aFinishThatHangsIsKilledAfterTheGracePeriod() {
        Stage stage = scripted().boot().pass(2_000).exits("web", 1);
        stage.done();
        stage.pass(5_000);
        assertEquals(List.of("KILL web's finish script group"), stage.done());
    }

    /** A service with run and finish scripts. */
    private static Stage scripted() {
        return Stage.of("web", "command = web", "web/finish", "");
    }

    @Test
    void onExitStopsTheContainerWithItsCode() {
        Stage stage = Stage.of("job", "command = job\nrestart = no\non_exit = stop_container", "db", "command = db")
                .boot()
                .exits("job", 5);
        stage.exits("db", 0);
        assertEquals(5, stage.exitCode());
    }

    @Test
    void onFailedStopsTheContainerWithAFailure() {
        Stage stage = Stage.of("web", "command = web\nstart_retries = 0\non_failed = stop_container")
                .boot()
                .exits("web", 0);
        assertEquals(1, stage.exitCode());
    }

    /** Our own signal ended it, and its code would look like that of an ordinary stop. */
    @Test
    void aStartThatWasNotReadyInTimeStopsTheContainerWithAFailure() {
        String web = "command = web\nready = fd:3\nready_timeout = 1s\nstart_retries = 0\non_failed = stop_container";
        assertEquals(1, Stage.of("web", web).boot().pass(1_000).dies("web", 15).exitCode());
        assertEquals(1, Stage.of("web", web).boot().pass(1_000).exits("web", 0).exitCode());
        assertEquals(4, Stage.of("web", web).boot().pass(1_000).exits("web", 4).exitCode());
        assertEquals(137, Stage.of("web", web).boot().dies("web", 9).exitCode());
        String from = "[container]\nexit_code_from = web";
        assertEquals(
                1,
                Stage.of("pintle.conf", from, "web", web)
                        .boot()
                        .pass(1_000)
                        .dies("web", 15)
                        .exitCode());
    }

    @Test
    void aStartThatIsRefusedAProcessLeavesTheCodeOfTheRunBefore() {
        Stage stage = Stage.of(
                        "pintle.conf",
                        "[container]\nexit_code_from = web",
                        "web",
                        "command = web\nready = fd:3\nready_timeout = 1s")
                .boot()
                .pass(1_000)
                .dies("web", 15);
        stage.forks = false;
        stage.pass(1_000).send(new Event.ShutdownRequested(-1));
        assertEquals(1, stage.exitCode());
    }

    @Test
    void restartByAUserStopsThenStarts() {
        Stage stage = Stage.of("web", "command = web").boot().pass(10);
        stage.done();
        stage.send(new Event.RestartRequested(List.of("web")));
        assertEquals(List.of("TERM web"), stage.done());
        stage.dies("web", 15);
        assertEquals(List.of("KILL web group", "run web"), stage.done());
    }

    @Test
    void restartRunsACompletedOneshotAgain() {
        Stage stage = Stage.of("job", "type = oneshot\ncommand = job").boot().exits("job", 0);
        stage.done();
        stage.send(new Event.StartRequested(List.of("job")));
        assertEquals(List.of(), stage.done());
        stage.send(new Event.RestartRequested(List.of("job")));
        assertEquals(List.of("run job"), stage.done());
    }

    @Test
    void anUnhealthyServiceIsRestartedWhereTheLayoutSaysSo() {
        Stage stage = Stage.of(
                        "web",
                        "command = web\n[healthcheck]\ntest = t\ninterval = 10s\nretries = 2\non_unhealthy = restart")
                .boot()
                .pass(0);
        stage.exits("web's health check", 0);
        assertEquals(HealthState.HEALTHY, stage.service("web").healthState());
        stage.pass(10_000).exits("web's health check", 1);
        assertEquals(HealthState.HEALTHY, stage.service("web").healthState());
        stage.done();
        stage.pass(10_000).exits("web's health check", 1);
        assertEquals("stopping", stage.state("web"));
        stage.dies("web", 15);
        assertEquals("ready", stage.state("web"));
        assertEquals(HealthState.STARTING, stage.service("web").healthState());
    }

    @Test
    void theLastLineOfAFailedHealthCheckIsInItsReason() {
        Stage stage = Stage.of(
                        "web", "command = web\n[healthcheck]\ntest = t\ninterval = 1s\ntimeout = 3s\nretries = 1")
                .boot()
                .pass(0);
        stage.exits("web's health check", 0).pass(1_000);
        testSays(stage, "first\nno answer").exits("web's health check", 7);
        assertEquals("its health check exited with code 7: no answer", explanation(stage));
        stage.pass(1_000);
        int hung = stage.pid("web's health check");
        testSays(stage, "trying").pass(3_000);
        assertEquals("its health check timed out after 3s: trying", explanation(stage));
        stage.send(new Event.TestSaid("web", hung, "too late")).pass(1_000);
        stage.exits("web's health check", 7);
        assertEquals("its health check exited with code 7", explanation(stage));
        stage.pass(1_000);
        testSays(stage, "well again").exits("web's health check", 0);
        assertEquals("", explanation(stage));
        assertEquals(
                new TestResult(stage.now, "exited with code 0", ExitStatus.ofCode(0), "well again"),
                stage.service("web").lastTest());
    }

    private static Stage testSays(Stage stage, String output) {
        return stage.send(new Event.TestSaid("web", stage.pid("web's health check"), output));
    }

    private static String explanation(Stage stage) {
        return stage.supervisor.explain(stage.service("web"));
    }

    @Test
    void aHealthCheckThatHangsIsKilledAndCounts() {
        Stage stage = Stage.of(
                        "web", "command = web\n[healthcheck]\ntest = t\ninterval = 1s\ntimeout = 3s\nretries = 1")
                .boot()
                .pass(0);
        stage.done();
        stage.pass(3_000);
        assertEquals(List.of("KILL web's health check group"), stage.done());
        assertEquals(HealthState.UNHEALTHY, stage.service("web").healthState());
    }

    @Test
    void aSlowStartIsNoIllness() {
        Stage stage = Stage.of("web", "command = web\n[healthcheck]\ntest = t\ninterval = 10s\nretries = 3")
                .boot()
                .pass(0);
        for (int second = 0; second < 25; second++) {
            stage.exits("web's health check", 1).pass(1_000);
            assertEquals(HealthState.STARTING, stage.service("web").healthState());
        }
    }

    @Test
    void readinessByHealthCheckComesWithItsFirstSuccess() {
        Stage stage = Stage.of(
                        "web",
                        "command = web\nready = healthcheck\n[healthcheck]\ntest = t",
                        "next",
                        "command = n\ndepends_on = web:healthy")
                .boot()
                .pass(0);
        assertEquals("up", stage.state("web"));
        stage.exits("web's health check", 0);
        assertEquals("ready", stage.state("web"));
        assertEquals("ready", stage.state("next"));
    }
}
