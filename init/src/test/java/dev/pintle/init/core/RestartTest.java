package dev.pintle.init.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
        Stage stage = Stage.of("web", "command = web\nmin_uptime = 0").boot();
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
        assertEquals("done", stage.state("once"));
        stage.pass(60_000);
        assertEquals(1, stage.service("once").starts());
        assertEquals(-1, stage.exitCode());
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
