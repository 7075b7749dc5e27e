package dev.pintle.init.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stops: of services, and of the container. */
class StopTest {

    @Test
    void aSignalForAServiceThatIsDownIsNotLostInSilence() {
        Stage stage = Stage.of("pintle.conf", "[signals]\nUSR1 = web:HUP", "web", "command = web\nautostart = no")
                .boot();
        stage.send(new Event.SignalReceived(Signal.USR1, false));
        assertEquals(List.of("cannot pass SIGHUP on to web: it is down"), stage.said());
        stage.send(new Event.StartRequested(List.of("web")));
        stage.said();
        stage.send(new Event.SignalReceived(Signal.USR1, false));
        assertEquals(List.of(), stage.said());
    }

    @Test
    void dependentsStopBeforeWhatTheyDependOn() {
        Stage stage = Stage.of(
                        "db",
                        "command = db",
                        "api",
                        "command = api\ndepends_on = db",
                        "web",
                        "command = web\ndepends_on = api",
                        "log",
                        "command = log")
                .boot();
        stage.done();
        stage.send(new Event.SignalReceived(Signal.TERM));
        assertEquals(List.of("TERM log", "TERM web"), stage.done());
        stage.exits("web", 0);
        assertEquals(List.of("KILL web group", "TERM api"), stage.done());
        stage.exits("api", 0);
        assertEquals(List.of("KILL api group", "TERM db"), stage.done());
        stage.exits("log", 0).exits("db", 0);
        assertEquals(List.of("KILL log group", "KILL db group", "sweep TERM"), stage.done());
        assertEquals(0, stage.exitCode());
    }

    @Test
    void aStopOfJustOneLeavesWhatDependsOnIt() {
        Stage stage = Stage.of("db", "command = db", "web", "command = web\ndepends_on = db")
                .boot();
        stage.done();
        stage.send(new Event.StopRequested(List.of("db"), true));
        assertEquals(List.of("TERM db"), stage.done());
        stage.exits("db", 0);
        assertEquals(List.of("KILL db group"), stage.done());
        stage.send(new Event.StartRequested(List.of("db")));
        assertEquals(1, stage.done().size(), "db alone starts: web has never stopped");
    }

    /** Its dependents would lose it before they have ended. */
    @Test
    void aStartThatTakesTooLongIsNotCutShortWhileItsStopWaitsForOthers() {
        Stage stage = Stage.of(
                        "db",
                        "command = db\nready = notify\nready_timeout = 2s",
                        "web",
                        "command = web\ndepends_on = db:started\nstop_grace_period = 20s")
                .boot();
        stage.done();
        stage.send(new Event.StopRequested(List.of("db")));
        assertEquals(List.of("TERM web"), stage.done());
        assertEquals(List.of(), stage.pass(10_000).done());
        stage.exits("web", 0);
        assertEquals(List.of("KILL web group", "TERM db"), stage.done());
    }

    @Test
    void aStartThatIsWantedAfterAllHasToEndInTime() {
        Stage stage = Stage.of(
                        "db",
                        "command = db\nready = notify\nready_timeout = 2s",
                        "web",
                        "command = web\ndepends_on = db:started\nstop_grace_period = 20s")
                .boot();
        stage.send(new Event.StopRequested(List.of("db")));
        stage.pass(1_000).send(new Event.StartRequested(List.of("db")));
        stage.done();
        assertEquals(List.of(), stage.pass(999).done());
        assertEquals(List.of("TERM db"), stage.pass(1).done());
    }

    @Test
    void aStopThatIsCalledOffHoldsUpNoOther() {
        Stage stage = Stage.of("a", "command = a", "b", "command = b\nafter = a", "c", "command = c\ndepends_on = b")
                .boot();
        stage.send(new Event.StopRequested(List.of("b", "a")));
        stage.done();
        stage.send(new Event.StartRequested(List.of("b")));
        assertEquals(List.of("TERM a"), stage.done());
    }

    @Test
    void stopTakesDownWhatDependsOnItFirst() {
        Stage stage = Stage.of("db", "command = db", "web", "command = web\ndepends_on = db", "x", "command = x")
                .boot();
        stage.done();
        stage.send(new Event.StopRequested(List.of("db")));
        assertEquals(List.of("TERM web"), stage.done());
        stage.dies("web", 15);
        stage.dies("db", 15);
        assertEquals("down", stage.state("db"));
        assertEquals("down", stage.state("web"));
        assertEquals("ready", stage.state("x"));
    }

    /** So that it reads all that there is: a signal could end it before. */
    @Test
    void aLogServiceStopsAfterItsServiceByTheEndOfItsInput() {
        Stage stage = Stage.of("web", "command = web", "web/log/service.conf", "command = log");
        stage.boot();
        assertEquals(List.of("run web/log", "run web"), stage.done());
        stage.send(new Event.SignalReceived(Signal.TERM));
        assertEquals(List.of("TERM web"), stage.done());
        stage.exits("web", 0);
        assertTrue(stage.done().contains("end input of web/log"));
        stage.pass(5_000);
        assertEquals(List.of("KILL web/log group"), stage.done());
    }

    @Test
    void killsAfterTheGracePeriod() {
        Stage stage = Stage.of("web", "command = web\nstop_signal = QUIT\nstop_grace_period = 3s\nstop_group = yes")
                .boot();
        stage.done();
        stage.send(new Event.StopRequested(List.of("web")));
        assertEquals(List.of("QUIT web group"), stage.done());
        stage.pass(2_999);
        assertEquals(List.of(), stage.done());
        stage.pass(1);
        assertEquals(List.of("KILL web group"), stage.done());
    }

    @Test
    void theStopCommandComesBeforeTheSignal() {
        Stage stage = Stage.of("web", "command = web\nstop_command = drain").boot();
        stage.done();
        stage.send(new Event.StopRequested(List.of("web")));
        assertEquals(List.of("run web's stop command"), stage.done());
        stage.exits("web's stop command", 0);
        assertEquals(List.of("TERM web"), stage.done());
    }

    @Test
    void aStopCommandThatHangsIsCutShortByTheGracePeriod() {
        Stage stage = Stage.of("web", "command = web\nstop_command = drain").boot();
        stage.send(new Event.StopRequested(List.of("web")));
        stage.done();
        stage.pass(5_000);
        assertEquals(List.of("KILL web's stop command group", "KILL web group"), stage.done());
        assertEquals(
                List.of("web is still there 5s after it was told to stop, and its stop_command still runs: killing it"),
                stage.said());
        stage.dies("web", 9).dies("web's stop command", 9);
        assertEquals("down", stage.state("web"));
    }

    @Test
    void aCompletedOneshotRunsItsDownCommandInOrder() {
        Stage stage = Stage.of(
                        "mount",
                        "type = oneshot\ncommand = up\ndown_command = down",
                        "web",
                        "command = web\ndepends_on = mount")
                .boot()
                .exits("mount", 0);
        stage.done();
        stage.send(new Event.SignalReceived(Signal.TERM));
        assertEquals(List.of("TERM web"), stage.done());
        stage.exits("web", 0);
        assertEquals(List.of("KILL web group", "run mount's down command"), stage.done());
        stage.exits("mount's down command", 0);
        assertEquals(0, stage.exitCode());
    }

    @Test
    void aStopOvertakesAStart() {
        Stage stage = Stage.of("web", "command = web");
        stage.executes = false;
        stage.boot().send(new Event.StopRequested(List.of("web")));
        assertEquals(List.of("run web", "TERM web"), stage.done());
        stage.dies("web", 15);
        assertEquals("down", stage.state("web"));
    }

    @Test
    void aSecondStopSignalChangesNothing() {
        Stage stage = Stage.of("a", "command = a").boot();
        stage.send(new Event.SignalReceived(Signal.TERM));
        stage.done();
        stage.send(new Event.SignalReceived(Signal.TERM)).send(new Event.SignalReceived(Signal.INT));
        stage.send(new Event.SignalReceived(Signal.INT));
        assertEquals(List.of(), stage.done());
        assertEquals(0, stage.exits("a", 0).exitCode());
    }

    /** Ctrl-C, and once more. */
    @Test
    void aSecondInterruptFromATerminalKills() {
        Stage stage =
                Stage.of("a", "command = a", "b", "command = b\ndepends_on = a").boot();
        stage.send(new Event.SignalReceived(Signal.INT, true));
        stage.done();
        stage.send(new Event.SignalReceived(Signal.INT, true));
        assertEquals(List.of("KILL a group", "KILL b group"), stage.done());
        assertEquals(List.of("interrupted again: killing a (pid 100), b (pid 101)"), stage.said());
        assertEquals(137, stage.dies("b", 9).dies("a", 9).exitCode());
    }

    /** A service that ignores TERM until its grace period is over, beside another one; and the stop's code. */
    private static int codeOfAKill(Event stop, String... more) {
        List<String> layout = new ArrayList<>(List.of("web", "command = web", "job", "command = job"));
        layout.addAll(List.of(more));
        Stage stage = Stage.of(layout.toArray(new String[0])).boot().pass(2_000).send(stop);
        stage.exits("job", 3).pass(5_000);
        assertEquals(List.of("web is still there 5s after it was told to stop: killing it"), stage.said());
        return stage.dies("web", 9).exitCode();
    }

    @Test
    void theCodeOfAStopSaysThatAServiceHadToBeKilled() {
        Event term = new Event.SignalReceived(Signal.TERM);
        assertEquals(137, codeOfAKill(term));
        assertEquals(137, codeOfAKill(new Event.ShutdownRequested(-1)));
        assertEquals(0, codeOfAKill(new Event.ShutdownRequested(0)));
        assertEquals(3, codeOfAKill(term, "pintle.conf", "[container]\nexit_code_from = job"));
        assertEquals(137, codeOfAKill(term, "pintle.conf", "[container]\nexit_code_from = web"));
    }

    @Test
    void theCodeOfWhatStoppedTheContainerComesBeforeAKill() {
        Stage stage = Stage.of("web", "command = web", "job", "type = oneshot\ncommand = job\non_exit = stop_container")
                .boot()
                .exits("job", 0)
                .pass(5_000);
        assertEquals(0, stage.dies("web", 9).exitCode());
    }

    @Test
    void aKillBeforeTheStopIsNoneInIt() {
        Stage stage =
                Stage.of("web", "command = web", "db", "command = db").boot().pass(2_000);
        stage.send(new Event.StopRequested(List.of("web"))).pass(5_000).dies("web", 9);
        assertEquals("down", stage.state("web"));
        stage.send(new Event.SignalReceived(Signal.TERM));
        assertEquals(0, stage.exits("db", 0).exitCode());
    }

    /** Nothing more is begun where everything must go at once. */
    @Test
    void whatIsKilledAtOnceRunsNoFinishScript() {
        Stage stage = Stage.of("web", "command = web", "web/finish", "").boot();
        stage.send(new Event.SignalReceived(Signal.INT, true)).send(new Event.SignalReceived(Signal.INT, true));
        assertEquals(List.of("run web", "TERM web", "KILL web group"), stage.done());
        stage.dies("web", 9);
        assertEquals("down", stage.state("web"));
        assertEquals(List.of("KILL web group", "sweep KILL"), stage.done());
        assertEquals(137, stage.exitCode());
    }

    /** It is stopped in its turn: what depends on it needs it until then. */
    @Test
    void illnessDoesNotHurryAStopThatWaits() {
        Stage stage = Stage.of(
                        "db",
                        "command = db\n[healthcheck]\ntest = t\nretries = 1\non_unhealthy = restart",
                        "web",
                        "command = web\ndepends_on = db")
                .boot()
                .pass(0);
        stage.exits("db's health check", 0).pass(30_000);
        stage.send(new Event.StopRequested(List.of("db")));
        stage.done();
        stage.exits("db's health check", 1);
        assertEquals(HealthState.UNHEALTHY, stage.service("db").healthState());
        assertEquals("ready", stage.state("db"));
        assertEquals(List.of("KILL db's health check group"), stage.done());
        stage.exits("web", 0);
        assertEquals(List.of("KILL web group", "TERM db"), stage.done());
        stage.exits("db", 0);
        assertEquals("down", stage.state("db"));
    }

    @Test
    void aSignalThatNobodyWouldReceiveStopsTheContainer() {
        Stage stage = Stage.of("a", "command = a").boot();
        stage.done();
        stage.send(new Event.SignalReceived(28, true));
        assertEquals(List.of(), stage.done());
        stage.send(new Event.SignalReceived(37));
        assertEquals(List.of("TERM a"), stage.done());
    }

    @Test
    void theWholeGroupHasTheGracePeriod() {
        Stage stage = Stage.of("web", "command = web\nstop_group = yes\nstop_grace_period = 3s")
                .boot();
        stage.remaining.add("web");
        stage.done();
        stage.send(new Event.StopRequested(List.of("web"))).pass(100).exits("web", 0);
        assertEquals(List.of("TERM web group"), stage.done());
        stage.pass(1_000);
        assertEquals("stopping", stage.state("web"));
        stage.remaining.clear();
        stage.pass(250);
        assertEquals("down", stage.state("web"));
        assertEquals(List.of(), stage.done());
    }

    @Test
    void whatAGroupHasLeftAfterTheGracePeriodIsKilled() {
        Stage stage = Stage.of("web", "command = web\nstop_group = yes\nstop_grace_period = 3s")
                .boot();
        stage.remaining.add("web");
        stage.send(new Event.StopRequested(List.of("web"))).exits("web", 0).pass(2_999);
        stage.done();
        stage.pass(1);
        assertEquals(List.of("KILL rest of web"), stage.done());
        assertEquals("down", stage.state("web"));
    }

    @Test
    void nobodyIsToldBeforeTheStopDelayIsOver() {
        Stage stage = Stage.of("pintle.conf", "[container]\nstop_delay = 2s", "a", "command = a")
                .boot();
        stage.done();
        stage.send(new Event.SignalReceived(Signal.TERM)).pass(1_999);
        assertEquals(List.of(), stage.done());
        assertTrue(stage.supervisor.stopping());
        stage.pass(1);
        assertEquals(List.of("TERM a"), stage.done());
    }

    @Test
    void theWholeStopEndsInsideItsBudget() {
        Stage stage = Stage.of(
                        "pintle.conf",
                        "[container]\nshutdown_grace_period = 4s",
                        "a",
                        "command = a\nstop_grace_period = 1h",
                        "b",
                        "command = b\ndepends_on = a")
                .boot();
        stage.send(new Event.SignalReceived(Signal.TERM)).exits("b", 0);
        stage.done();
        stage.pass(3_599);
        assertEquals(List.of(), stage.done());
        stage.pass(1);
        assertEquals(List.of("KILL a group"), stage.done());
        stage.pass(399);
        assertEquals(-1, stage.exitCode());
        stage.pass(1);
        assertEquals(137, stage.exitCode());
        assertTrue(stage.said().contains("the stop is out of time: leaving what the kernel still holds"));
    }

    @Test
    void nothingStartsDuringTheStop() {
        Stage stage = Stage.of("a", "command = a", "b", "command = b\nrestart_delay = 1s")
                .boot()
                .pass(2_000)
                .exits("b", 1);
        stage.done();
        stage.send(new Event.SignalReceived(Signal.TERM));
        assertEquals("down", stage.state("b"));
        stage.send(new Event.StartRequested(List.of("b"))).send(new Event.RestartRequested(List.of("b")));
        stage.exits("a", 0);
        assertEquals(List.of("TERM a", "KILL a group", "sweep TERM"), stage.done());
    }

    @Test
    void signalsGoWhereTheLayoutSendsThem() {
        Stage stage = Stage.of(
                        "pintle.conf",
                        "[signals]\nUSR1 = web:HUP\nQUIT = ignore\nWINCH = all:USR1",
                        "web",
                        "command = web",
                        "db",
                        "command = db")
                .boot();
        stage.done();
        stage.send(new Event.SignalReceived(10))
                .send(new Event.SignalReceived(Signal.QUIT))
                .send(new Event.SignalReceived(28));
        assertEquals(List.of("HUP web", "USR1 web", "USR1 db"), sorted(stage.done()));
    }

    private static List<String> sorted(List<String> words) {
        List<String> copy = new ArrayList<>(words);
        copy.subList(1, copy.size()).sort(Comparator.reverseOrder());
        return copy;
    }

    @Test
    void exitCodeFromAServiceWins() {
        Stage stage = Stage.of(
                        "pintle.conf",
                        "[container]\nexit_code_from = web",
                        "web",
                        "command = web",
                        "db",
                        "command = db")
                .boot();
        stage.send(new Event.SignalReceived(Signal.TERM)).exits("web", 42).dies("db", 15);
        assertEquals(42, stage.exitCode());
    }

    @Test
    void aCodeThatAUserAskedForWinsOverAll() {
        Stage stage = Stage.of("pintle.conf", "[container]\nexit_code_from = web", "web", "command = web")
                .boot();
        stage.send(new Event.ShutdownRequested(7)).exits("web", 42);
        assertEquals(7, stage.exitCode());
    }
}
