package dev.pintle.init.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A new layout takes over from the old one. */
class TakeoverTest {

    @Test
    void whatIsTheSameIsLeftAlone() {
        Stage stage = Stage.of("db", "command = db", "web", "command = web\ndepends_on = db")
                .boot();
        stage.done();
        stage.becomes("db", "command = db", "web", "command = web\ndepends_on = db");
        assertEquals(List.of(), stage.done());
        assertTrue(stage.compare("db", "command = db", "web", "command = web\ndepends_on = db")
                .isEmpty());
    }

    @Test
    void whatIsNewStartsAndWhatIsGoneStops() {
        Stage stage = Stage.of("db", "command = db", "web", "command = web\ndepends_on = db")
                .boot();
        stage.done();
        String[] next = {
            "api", "command = api\ndepends_on = db", "by-hand", "command = x\nautostart = no", "db", "command = db"
        };
        assertEquals(
                new LayoutChange(List.of("api", "by-hand"), List.of("web"), List.of(), List.of()), stage.compare(next));
        stage.becomes(next);
        assertEquals(List.of("TERM web", "run api"), stage.done());
        assertEquals("stopping", stage.state("web"));
        stage.dies("web", Signal.TERM);
        assertNull(stage.supervisor.service("web"));
        assertEquals("down", stage.state("by-hand"));
        assertEquals("ready", stage.state("db"));
    }

    @Test
    void whatGoesTogetherGoesInReverseOrder() {
        Stage stage = Stage.of("db", "command = db", "web", "command = web\ndepends_on = db", "x", "command = x")
                .boot();
        stage.done();
        stage.becomes("x", "command = x");
        assertEquals(List.of("TERM web"), stage.done());
        stage.exits("web", 0).pass(0);
        assertEquals(List.of("KILL web group", "TERM db"), stage.done());
        stage.exits("db", 0);
        assertEquals(1, stage.supervisor.services().size());
    }

    @Test
    void anotherProcessIsStoppedByTheOldRulesAndStartedByTheNew() {
        Stage stage = Stage.of("web", "command = web\nstop_signal = INT").boot();
        stage.done();
        String[] next = {"web", "command = web --new\nstop_signal = QUIT"};
        assertEquals(new LayoutChange(List.of(), List.of(), List.of("web"), List.of()), stage.compare(next));
        stage.becomes(next);
        assertEquals(List.of("INT web"), stage.done());
        stage.exits("web", 0);
        assertEquals(List.of("web", "--new"), stage.service("web").definition().command());
        assertEquals("ready", stage.state("web"));
        stage.done();
        stage.send(new Event.StopRequested(List.of("web"))).pass(0);
        assertEquals(List.of("QUIT web"), stage.done());
    }

    @Test
    void rulesThatConcernNoProcessApplyAtOnce() {
        Stage stage = Stage.of("web", "command = web").boot();
        stage.done();
        String[] next = {"web", "command = web\nrestart = no\nstop_signal = QUIT"};
        assertEquals(new LayoutChange(List.of(), List.of(), List.of(), List.of("web")), stage.compare(next));
        stage.becomes(next);
        assertEquals(List.of(), stage.done());
        stage.pass(5_000);
        stage.exits("web", 1);
        assertEquals("failed", stage.state("web"));
    }

    @Test
    void whatIsDoneStaysSoUnlessItIsOfAnotherTypeNow() {
        Stage stage = Stage.of("web", "type = oneshot\ncommand = web").boot();
        stage.exits("web", 0);
        stage.done();
        String[] same = {"web", "type = oneshot\ncommand = web --new"};
        assertEquals(new LayoutChange(List.of(), List.of(), List.of(), List.of("web")), stage.compare(same));
        stage.becomes(same);
        assertEquals("done", stage.state("web"));
        String[] other = {"web", "command = web"};
        assertEquals(new LayoutChange(List.of(), List.of(), List.of("web"), List.of()), stage.compare(other));
        stage.becomes(other);
        stage.pass(5_000);
        assertEquals(List.of("run web"), stage.done());
        assertEquals("ready", stage.state("web"));
    }

    /** Its logger is to be another, which is another service. */
    @Test
    void whatBecomesOfItsLinesRestartsNoService() {
        Stage stage = Stage.of("web", "command = web\n[stdout]\nprefix = yes").boot();
        stage.done();
        String[] next = {"web", "command = web\n[stdout]\ntimestamp = iso8601\nmax_size = 1m\nto = file:/log"};
        assertEquals(new LayoutChange(List.of(), List.of(), List.of(), List.of("web")), stage.compare(next));
        String[] plain = {"web", "command = web"};
        assertEquals(new LayoutChange(List.of(), List.of(), List.of("web"), List.of()), stage.compare(plain));
    }

    /** It was to start again once it had read all that its service wrote: by the new rules, and not by its policy. */
    @Test
    void aLogServiceThatEndsBeforeItIsToBecomeAnotherStartsAtOnce() {
        Stage stage = Stage.of("web", "command = web", "web/log/service.conf", "command = log\nrestart = no")
                .boot();
        stage.done();
        stage.becomes("web", "command = web --new", "web/log/service.conf", "command = log --new\nrestart = no");
        assertEquals(List.of("TERM web"), stage.done());
        stage.exits("web/log", 0);
        assertEquals(List.of("KILL web/log group", "run web/log"), stage.done());
        stage.exits("web", 0);
        assertEquals(List.of("KILL web group", "run web"), stage.done());
        stage.exits("web/log", 1);
        assertEquals("failed", stage.state("web/log"));
    }

    @Test
    void aLogServiceThatFinishesWhenItIsToBecomeAnotherStartsAfterThat() {
        String[] next = {"web", "command = web --new", "web/log/service.conf", "command = log --new"};
        Stage stage = Stage.of(
                        "web", "command = web", "web/log/service.conf", "command = log", "web/log/finish", "#!/bin/sh")
                .boot();
        stage.becomes(next);
        stage.done();
        stage.exits("web/log", 1);
        stage.exits("web", 0);
        stage.done();
        stage.exits("web/log's finish script", 0);
        assertEquals(List.of("run web/log", "run web"), stage.done());
    }

    @Test
    void aLogServiceBecomesAnotherAtOnceWhereItsServiceIsAgainWhatItWas() {
        Stage stage = Stage.of("web", "command = web", "web/log/service.conf", "command = log")
                .boot();
        stage.becomes("web", "command = web --new", "web/log/service.conf", "command = log --new");
        stage.done();
        stage.becomes("web", "command = web", "web/log/service.conf", "command = log --new");
        assertEquals(List.of("end input of web/log"), stage.done());
        stage.exits("web/log", 0);
        assertEquals(
                List.of("log", "--new"), stage.service("web/log").definition().command());
        assertEquals("ready", stage.state("web/log"));
    }

    @Test
    void whatHasFailedIsTriedAgainWithWhatItKeptFromStarting() {
        Stage stage = Stage.of(
                "db",
                "command = bd\nstart_retries = 0",
                "web",
                "command = web\ndepends_on = db",
                "x",
                "command = x\nstart_retries = 0");
        stage.executes = false;
        stage.boot();
        stage.cannotExecute("db", Errno.ENOENT).cannotExecute("x", Errno.ENOENT);
        assertEquals("failed", stage.state("web"));
        stage.done();
        stage.executes = true;
        stage.becomes(
                "db",
                "command = db\nstart_retries = 0",
                "web",
                "command = web\ndepends_on = db",
                "x",
                "command = x\nstart_retries = 0");
        assertEquals(List.of("run db", "run web"), stage.done());
        assertEquals("failed", stage.state("x"));
    }

    @Test
    void whatBacksOffTriesTheNewWayAtOnce() {
        Stage stage = Stage.of("web", "command = wbe");
        stage.executes = false;
        stage.boot();
        stage.cannotExecute("web", Errno.ENOENT);
        assertEquals("backoff", stage.state("web"));
        stage.done();
        stage.becomes("web", "command = web");
        assertEquals(List.of("run web"), stage.done());
    }

    @Test
    void whatAUserHasStoppedStaysDown() {
        Stage stage = Stage.of("web", "command = web").boot();
        stage.send(new Event.StopRequested(List.of("web"))).exits("web", 0);
        stage.done();
        stage.becomes("web", "command = web --new");
        assertEquals(List.of(), stage.done());
        stage.send(new Event.StartRequested(List.of("web")));
        assertEquals(List.of("web", "--new"), stage.service("web").definition().command());
    }

    @Test
    void whatHasDoneItsWorkDoesNotDoItAgain() {
        Stage stage = Stage.of("job", "type = oneshot\ncommand = job").boot();
        stage.exits("job", 0);
        stage.done();
        stage.becomes("job", "type = oneshot\ncommand = job --new");
        assertEquals(List.of(), stage.done());
        assertEquals("done", stage.state("job"));
    }

    @Test
    void whatComesBackBeforeItIsGoneStartsAgain() {
        Stage stage = Stage.of("a", "command = a", "web", "command = web").boot();
        stage.becomes("a", "command = a");
        assertEquals("stopping", stage.state("web"));
        stage.becomes("a", "command = a", "web", "command = web --back");
        stage.exits("web", 0);
        assertEquals("ready", stage.state("web"));
        assertEquals(List.of("web", "--back"), stage.service("web").definition().command());
    }

    @Test
    void aRestartStartsWhatIsNowNeeded() {
        Stage stage = Stage.of("db", "command = db\nautostart = no", "web", "command = web")
                .boot();
        stage.done();
        stage.becomes("db", "command = db\nautostart = no", "web", "command = web --db\ndepends_on = db");
        assertEquals(List.of("TERM web", "run db"), stage.done());
        stage.exits("web", 0);
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void whatLeavesNeedsNothingAnyMore() {
        Stage stage = Stage.of(
                        "db",
                        "command = db",
                        "cache",
                        "command = cache\nstart_retries = 0\nready = notify",
                        "web",
                        "command = web\ndepends_on = db, cache")
                .boot();
        stage.exits("cache", 1);
        assertEquals("failed", stage.state("web"));
        stage.send(new Event.OnceRequested(List.of("db")));
        stage.done();
        // A run that none is to follow goes on as it was.
        stage.becomes("db", "command = db --new", "cache", "command = cache --new");
        assertEquals(List.of("run cache"), stage.done());
        assertEquals("ready", stage.state("db"));
    }

    @Test
    void whatIsChangedBackIsNotAnother() {
        Stage stage = Stage.of("db", "command = db").boot();
        stage.send(new Event.OnceRequested(List.of("db")));
        stage.done();
        stage.becomes("db", "command = db --new");
        stage.becomes("db", "command = db", "web", "command = web\ndepends_on = db");
        assertEquals(List.of("run web"), stage.done());
        assertEquals("ready", stage.state("db"));
    }

    @Test
    void whatWillNotComeIsNotWaitedFor() {
        Stage stage = Stage.of("slow", "command = slow\nready = notify", "web", "command = web\ndepends_on = slow")
                .boot();
        assertEquals("waiting", stage.state("web"));
        stage.becomes("slow", "command = slow\nready = notify", "web", "command = web");
        assertEquals("ready", stage.state("web"));
    }

    @Test
    void aHealthCheckComesAndGoes() {
        Stage stage = Stage.of("web", "command = web").boot();
        stage.done();
        stage.becomes("web", "command = web\n[healthcheck]\ntest = probe");
        stage.pass(1);
        assertEquals(List.of("run web's health check"), stage.done());
        stage.becomes("web", "command = web");
        assertEquals(List.of("KILL web's health check group"), stage.done());
        assertEquals(HealthState.NONE, stage.service("web").healthState());
    }

    @Test
    void nothingIsTakenOverWhileTheContainerStops() {
        Stage stage = Stage.of("web", "command = web").boot();
        stage.send(new Event.SignalReceived(Signal.TERM));
        stage.becomes("web", "command = web", "x", "command = x");
        assertNull(stage.supervisor.service("x"));
    }

    @Test
    void theContainersSettingsAreThoseOfTheNewLayout() {
        Stage stage = Stage.of("web", "command = web").boot();
        stage.becomes("web", "command = web", "pintle.conf", "[signals]\nUSR2 = web:HUP");
        stage.done();
        stage.send(new Event.SignalReceived(Signal.USR2));
        assertEquals(List.of("HUP web"), stage.done());
    }
}
