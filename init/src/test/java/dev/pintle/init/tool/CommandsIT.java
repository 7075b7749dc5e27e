package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs;
import dev.pintle.layout.PintleVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users type, with its mistakes, and what the native binary answers. */
final class CommandsIT {
    @TempDir
    private Path work = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(work, "init", "pintle");
    }

    private void service(String name, String conf) {
        container.service(name, conf);
    }

    private Programs.Result run(String script) {
        return container.run(script);
    }

    private Programs.Result beside(String script) {
        return run("init & pid=$!; until pintle wait 2>/dev/null; do kill -0 $pid || exit 1; done; " + script
                + "; code=$?; kill $pid; wait $pid; exit $code");
    }

    private void expect(int code, String errors, Programs.Result result) {
        assertTrue(result.errors().contains(errors), result.errors() + result.output());
        assertEquals(code, result.code(), result.errors() + result.output());
    }

    @Test
    void checkDoesNotPassWhereThereIsNothingToRead() throws IOException {
        expect(1, "pintle: cannot read none: ENOENT: no such file or directory", run("pintle check none"));
        Files.createDirectories(work.resolve("layout"));
        expect(1, ": neither pintle.conf nor services/", run("pintle check"));
        Files.createDirectory(work.resolve("layout/services"));
        expect(1, ": services/ has no service, and there is no pintle.conf", run("pintle check"));
        Files.delete(work.resolve("layout/services"));
        Files.createFile(work.resolve("layout/pintle.conf"));
        assertEquals(
                work.resolve("layout") + ": 0 services: nothing wrong\n",
                run("pintle check").output());
        Files.createFile(work.resolve("layout/services"));
        String error = "cannot read " + work.resolve("layout/services") + ": ENOTDIR: not a directory";
        assertTrue(run("pintle check").output().contains(error));
        expect(100, error, run("init true"));
    }

    /** What would not run is no layout, for check, for a start and for a reload. */
    @Test
    void aFlatFileIsRefusedByCheckStartAndReload() throws IOException {
        service("web", "command = sleep 1000");
        Programs.Result reloaded = beside(
                "echo command = true >layout/services/redis.conf; pintle reload; code=$?; rm layout/services/*.conf; (exit $code)");
        String error = "cannot read service redis.conf: a service is a directory (move it to "
                + work.resolve("layout/services/redis/service.conf") + ")";
        assertTrue(reloaded.output().contains(error) || reloaded.errors().contains(error), reloaded.errors());
        assertEquals(1, reloaded.code(), reloaded.errors());
        Files.writeString(work.resolve("layout/services/redis.conf"), "command = true\n");
        Programs.Result check = run("pintle check");
        expect(1, "", check);
        assertTrue(check.output().contains(error), check.output());
        expect(100, error, run("init true"));
    }

    @Test
    void checkOfTheServicesAloneNamesTheDirectoryAbove() {
        service("web", "command = sleep 1000");
        Programs.Result here = run("cd layout/services && pintle check .");
        expect(1, "", here);
        assertTrue(here.output().contains("(name the directory above)"), here.output());
        expect(0, "", run("cd layout && pintle check ."));
    }

    /** An image is built without the variables that its container gets. */
    @Test
    void aVariableThatTheContainerHasToSetIsListedAtBuild() {
        service("web", "command = sleep ${SECONDS_TO_GO?}\nuser = ${APP_USER:?who is it}\n");
        Programs.Result listed = run("pintle check");
        expect(0, "", listed);
        assertTrue(listed.output()
                .contains("service.conf:1:17: note: at the start, cannot interpolate '${SECONDS_TO_GO}'"));
        assertTrue(listed.output()
                .contains("service.conf:2:8: note: at the start, cannot interpolate '${APP_USER}': who is it"));
        assertTrue(listed.output().endsWith("1 service: nothing wrong; the start needs SECONDS_TO_GO, APP_USER\n"));
        Programs.Result demanded = run("pintle check --environment");
        expect(1, "", demanded);
        assertTrue(demanded.output().endsWith(": 1 service: 2 errors\n"), demanded.output());
        expect(0, "", run("SECONDS_TO_GO=1000 APP_USER=root pintle check --environment"));
        service("api", "command = sleep ${SECONDS_TO_GO?}\nusr = root\n");
        Programs.Result wrong = run("pintle check");
        expect(1, "", wrong);
        assertTrue(wrong.output().contains(": 2 services: 1 error;"), wrong.output());
    }

    @Test
    void namesWithControlCharactersForgeNoLine() throws IOException {
        String evil = "a\npintle: error: forged\u001b]0;title\u0007\r\u009b31m";
        Files.createDirectories(work.resolve("layout/services").resolve(evil));
        service("web", "command = sleep 1000\n" + evil.replace("\n", "\u0085") + " = 1\nuser = \u001b[2J\u202e\n");
        for (String command :
                new String[] {"init", "init sh -c 'exit 3'", "pintle check", "pintle check --layout-only"}) {
            Programs.Result result = run(command);
            String all = result.output() + result.errors();
            assertTrue(result.code() == 100 || result.code() == 1, all);
            assertTrue(all.contains("a\\npintle: error: forged\\x1b]0;title\\x07"), all);
            for (String line : all.split("\n", -1)) {
                assertFalse(line.startsWith("pintle: error: forged"), all);
            }
            for (int i = 0; i < all.length(); i++) {
                char c = all.charAt(i);
                assertFalse((c < ' ' && c != '\n') || c == 0x7f, "character " + (int) c + " in " + all);
            }
            assertFalse(all.contains("\u00c2\u009b") || all.contains("\u00c2\u0085"), all);
        }
    }

    /** A service may have put it there; to open it would wait for ever. */
    @Test
    void logsOpensNothingButFiles() {
        service("fifo", "command = sh -c 'exec sleep 1000'\n[stdout]\nto = file:" + work + "/log\n");
        Programs.Result result =
                beside("rm log; mkfifo log; timeout 10 pintle logs fifo; a=$?; rm log; ln -s /dev/zero log;"
                        + " timeout 10 pintle logs fifo; echo $a $?");
        String why = "cannot show the output of fifo: cannot open " + work + "/log: it is not a regular file\n";
        assertEquals("1 1\n", result.output(), result.errors());
        assertEquals(3, result.errors().split(why, -1).length, result.errors());
    }

    /** As when a volume is gone, or when no descriptor is left to look with. */
    @Test
    void aReloadThatCannotSeeTheServicesLeavesThemAlone() {
        service("web", "command = sleep 1000");
        Programs.Result result = beside("mv layout/services layout/away; touch layout/services; pintle reload; code=$?;"
                + " pintle status web >/dev/null && (exit $code)");
        expect(1, "nothing has changed", result);
    }

    @Test
    void aDryRunOfAReloadChangesNothing() {
        service("web", "command = sleep 1000");
        Programs.Result result = beside("cp -r layout/services/web layout/services/late; pintle reload --dry-run"
                + " && pintle status | grep -c late; pintle reload && pintle status late >/dev/null");
        assertEquals("added: late\n0\nadded: late\n", result.output(), result.errors());
        assertEquals(0, result.code(), result.errors());
    }

    @Test
    void anOptionIsTheWholeWord() {
        service("web", "command = sleep 1000");
        expect(2, "there is no option --js", run("pintle status --js"));
        expect(2, "there is no option -n", run("pintle start -n web"));
        expect(2, "there is no option --f", run("pintle logs --f"));
        expect(2, "there is no option --json]", run("pintle health --json]"));
        expect(2, "there is no such state", beside("pintle wait --for bogus web"));
    }

    @Test
    void theVersionNamesTheCommit() {
        String version = "pintle " + PintleVersion.text() + "\n";
        assertEquals(version, run("pintle version").output());
        assertEquals(version, run("pintle --version").output());
        assertEquals(version, run("init --version").output());
    }

    @Test
    void aWordThatMeansNothingIsAMistake() {
        expect(2, "there is nothing to name here: web; see pintle health --help", run("pintle health web"));
        expect(2, "there is nothing to name here: 2; see pintle version --help", run("pintle version 2"));
    }

    @Test
    void whoWaitsInVainIsToldForWhat() {
        service("slow", "command = sleep 1000\nready = fd:3\nautostart = no\n");
        service("next", "command = sleep 1000\ndepends_on = slow\nautostart = no\n");
        service("web", "command = sleep 1000\n");
        String slow = "slow is not ready: it has not written a newline to descriptor 3";
        expect(124, "timed out after 300ms: " + slow, beside("pintle start --timeout 300ms slow"));
        service("lasting", "command = sleep 1000\nmin_uptime = 60s\nautostart = no\n");
        String unproved = "timed out after 3s: lasting has not run for its min_uptime yet; it may still happen\n";
        expect(124, unproved, beside("pintle start --timeout 3s lasting"));
        expect(124, "300ms: web is ready; it may", beside("pintle wait --timeout 300ms --for down web"));
        service(
                "sick",
                "command = sleep 1000\nreload_command = sleep 1000\n[healthcheck]\ntest = sleep 1000\ninterval = 100ms\n");
        String sick = "300ms: sick is not healthy: its health check has not passed so far; it may";
        expect(124, sick, beside("pintle wait --timeout 300ms --for healthy sick"));
        expect(124, "300ms: the reload command of sick still", beside("pintle reload --timeout 300ms sick"));
        String next = "next waits for slow to be ready";
        expect(124, next, beside("pintle start --timeout 300ms next"));
        service("job", "type = oneshot\ncommand = sleep 1000\nautostart = no\n");
        service("fails", "command = sh -c 'exit 1'\nstart_retries = 0\nautostart = no\n");
        service("needs", "command = sleep 1000\ndepends_on = dies\nautostart = no\n");
        service("dies", "command = sh -c 'exit 3'\nready = fd:3\nautostart = no\n");
        expect(124, "300ms: job is still running; it may", beside("pintle start --timeout 300ms job"));
        expect(
                124,
                "300ms: job is still running; it may",
                beside("pintle start --no-wait job; pintle wait --timeout 300ms --for completed job"));
        expect(124, "300ms: web is ready; it may", beside("pintle wait --timeout 300ms --for completed web"));
        expect(
                124,
                "300ms: web is ready; it may",
                beside("pintle start fails; pintle wait --timeout 300ms --for down fails web"));
        String dies = "dies, which is needed, is backing off: exited with code 3 after ";
        expect(1, dies, beside("pintle start needs"));
        Programs.Result waiting = beside(
                "pintle start --no-wait needs; until pintle status needs | tee shown |"
                        + " grep -q 'waits for dies to be ready (it is backing off: exited with code 3 after '; do sleep 0.1; done");
        expect(0, "", waiting);
        Programs.Result reload = beside("cp -r layout/services/slow layout/services/late;"
                + " sed -i /autostart/d layout/services/late/service.conf; pintle reload --timeout 300ms");
        expect(124, slow.replace("slow", "late"), reload);
        assertTrue(reload.output().contains("added: late"), reload.output());
    }

    /** One that nobody wants up is as it should be. */
    @Test
    void aLoggerIsShownWhereItDoesNotRunAsItShould() {
        service("web", "command = sleep 1000\n");
        service("later", "command = sleep 1000\nautostart = no\n[stdout]\nprefix = yes\n");
        Programs.Result status = beside("pintle status");
        assertTrue(status.output().contains("later "), status.output());
        assertFalse(status.output().contains("later/log"), status.output());
        assertTrue(beside("pintle status --all").output().contains("later/log"));
    }

    /** A command that says no more than that is believed. */
    @Test
    void whatDiesAtOnceHasNotStarted() {
        service("dies", "command = sh -c 'echo cannot open db; exit 3'\nautostart = no\n[stdout]\nprefix = yes\n");
        service("web", "command = sleep 1000\n");
        Programs.Result result = beside("pintle start dies");
        expect(1, "dies is backing off: exited with code 3 after ", result);
        assertTrue(result.output().contains("cannot open db"), result.output());
        expect(1, "dies is backing off: exited with code 3 after ", beside("pintle restart dies"));
        expect(0, "", beside("pintle start --no-wait dies"));
    }

    /** Its logger starts with it, and is told to stop before it has a handler. */
    @Test
    void whatAServicePrintsIsThereThoughTheContainerStopsAtOnce() {
        service("dies", "command = sh -c 'echo cannot open db; exit 3'\nautostart = no\n[stdout]\nprefix = yes\n");
        service("web", "command = sleep 1000\n");
        for (int i = 0; i < 8; i++) {
            Programs.Result result = beside("pintle start dies");
            assertTrue(result.output().contains("dies | cannot open db\n"), result.errors());
        }
    }

    @Test
    void whatWasNeverStartedHasNoAge() {
        service("idle", "command = sleep 1000\nautostart = no\n");
        service("web", "command = sleep 1000\n");
        String table = beside("pintle status").output();
        assertTrue(table.contains("idle     down   -    -\n"), table);
    }

    @Test
    void eventsSayHowARunEnded() {
        service("web", "command = sleep 1000\n");
        Programs.Result result = beside("pintle events --json web >heard & sleep 0.3; pintle signal web KILL;"
                + " until grep -q exit_signal heard; do sleep 0.1; done; cat heard; kill $!");
        assertTrue(result.output().contains("\"ended\":\"killed by SIGKILL after "), result.output());
        assertTrue(result.output().contains("\"exit_signal\":\"SIGKILL\""), result.output());
    }

    @Test
    void variablesThatHaveNoEffectAreNamed() {
        Programs.Result result = run("PINTLE_DIR=/nope PINTLE_LOGLEVEL=info init true");
        expect(0, "cannot read the layout in PINTLE_DIR=/nope: ENOENT: no such file or directory", result);
        expect(
                0,
                "cannot follow PINTLE_LOGLEVEL: there is no such variable (did you mean 'PINTLE_LOG_LEVEL'?)",
                result);
        String none = "cannot follow PINTLE_";
        expect(
                0,
                none + "SHUTDOWN_GRACE: there is no such variable (did you mean 'PINTLE_SHUTDOWN_GRACE_PERIOD'?)",
                run("PINTLE_SHUTDOWN_GRACE=1s init true"));
        expect(
                0,
                none + "STOP_AFTER: there is no such variable (pintle-init(8) has those that there are)",
                run("PINTLE_STOP_AFTER=1s init true"));
        String kubernetes =
                "PINTLE_PORT=tcp://10.0.0.1:80 PINTLE_SERVICE_HOST=10.0.0.1 PINTLE_WEB_SERVICE_HOST=10.0.0.1"
                        + " PINTLE_WEB_PORT_80_TCP_ADDR=10.0.0.1 PINTLE_VERSION=1 ";
        String errors = run(kubernetes + "init true").errors();
        assertFalse(errors.contains("cannot follow"), errors);
    }

    @Test
    void eventsSayWhyAServiceIsUnhealthy() {
        service("web", """
                command = sleep 1000
                [healthcheck]
                test     = sh -c 'test ! -e sick || { echo first; echo no answer; exit 7; }'
                interval = 50ms
                retries  = 1
                """);
        Programs.Result result = beside("pintle wait web --for healthy; pintle events --json web >heard & json=$!;"
                + " pintle events web >told & text=$!;"
                + " until grep -q unhealthy heard && grep -q unhealthy told; do touch sick;"
                + " until pintle status web | grep -q unhealthy; do sleep 0.1; done;"
                + " rm sick; pintle wait web --for healthy; done; cat heard; cat told; kill $json $text");
        assertTrue(
                result.output()
                        .contains("\"to\":\"unhealthy\",\"reason\":\"exited with code 7: no answer\",\"exit_code\":7,"
                                + "\"output\":\"first\\u000ano answer\"}"),
                result.output());
        assertTrue(result.output().contains(" web is unhealthy (exited with code 7: no answer)\n"), result.output());
    }

    @Test
    void statusTellsByItsCodeThatAServiceIsUnhealthy() {
        service("web", """
                command = sleep 1000
                [healthcheck]
                test     = test ! -e sick
                interval = 50ms
                retries  = 1
                """);
        Programs.Result result = beside("pintle wait web --for healthy; pintle status >shown; echo $?; touch sick;"
                + " until pintle status web | grep -q unhealthy; do sleep 0.1; done;"
                + " pintle status >shown; echo $?; pintle status --json web >shown; echo $?");
        assertEquals("0\n3\n3\n", result.output(), result.errors());
    }

    @Test
    void anInitThatIsStoppedIsSuspected() {
        service("web", "command = sleep 1000");
        expect(
                124,
                "timed out: the init does not answer (ps shows its state as T where it is stopped)",
                beside("kill -STOP $pid; pintle status; code=$?; kill -CONT $pid; (exit $code)"));
    }

    /** What is told of a command goes to who has asked for it. */
    @Test
    void aReloadCommandThatFailsFailsTheCommand() {
        service("web", "command = sleep 1000\nreload_command = sh -c 'exit 4'\n");
        expect(1, "pintle: the reload command of web exited with code 4", beside("pintle reload web"));
    }

    @Test
    void treeLeavesOutLoggersThatRun() {
        service("db", "command = sleep 1000\n[stdout]\nprefix = yes\n[healthcheck]\ntest = true\n");
        service("web", "command = sleep 1000\ndepends_on = db:healthy\n[stdout]\nprefix = yes\n");
        String tree = drawn("pintle tree");
        assertEquals("web  ready\n└─ db  ready  (needs healthy)\n", tree);
        tree = drawn("pintle tree -a db");
        assertEquals("db  ready\n└─ db/log  ready  (needs started)\n", tree);
    }

    /** Output is read as bytes. */
    private String drawn(String command) {
        String output = beside(command).output();
        return new String(output.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** What a logger writes its readiness to is nobody's business. */
    @Test
    void aLoggerThatIsNotReadyNamesItsFile() {
        service("web", "command = sleep 1000\nautostart = no\n[stdout]\nto = file:/none/such/web.log\n");
        String status = beside(
                        "pintle start --no-wait web; until pintle status web/log | grep -q not; do sleep 0.1; done; pintle status web/log")
                .output();
        assertTrue(status.contains("not ready: it has not opened /none/such/web.log yet\n"), status);
    }

    /** Who asks for a service is told that its lines are lost, as who asks for all is. */
    @Test
    void statusOfAServiceSaysWhatItsLoggerCannotDo() {
        service("web", "command = sleep 1000\n[stdout]\nto = file:/none/such/web.log\n");
        service("lost", "command = sleep 1000\n");
        service("lost/log", "command = sh -c 'exit 5'\n");
        Programs.Result result = run("init & pid=$!; until pintle status 2>/dev/null | grep -q 'lost/log *backoff'; do"
                + " sleep 0.1; done; pintle status web; echo $?; pintle status lost; echo $?; pintle logs web; echo $?;"
                + " kill $pid; wait $pid");
        String shown = result.output();
        assertTrue(shown.contains("web/log"), shown);
        assertTrue(shown.contains("it has not opened /none/such/web.log yet\n3\n"), shown);
        assertTrue(shown.matches("(?s).*lost/log +backoff .*exited with code 5 after .*\n3\n.*"), shown);
        assertTrue(shown.endsWith("\n1\n"), shown);
        String missing = "pintle: cannot show the output of web: /none/such/web.log does not exist\n";
        assertTrue(result.errors().contains(missing), result.errors());
    }

    /** The first run of what has no logger printed to where the engine has it. */
    @Test
    void aFailedStartSaysWhereItsLinesAre() {
        service("dies", "command = sh -c 'echo no db; exit 3'\nautostart = no\n");
        service("web", "command = sleep 1000\n");
        expect(1, "the container's own, which the engine shows (docker logs)", beside("pintle start dies"));
    }

    /** A typing error in a link must not be a service that silently is not there. */
    @Test
    void aServiceThatIsALinkToNowhereIsMissed() throws IOException {
        service("web", "command = sleep 1000");
        Files.createSymbolicLink(work.resolve("layout/services/gone"), Path.of("/nonexistent"));
        assertEquals(1, run("pintle check").code());
        expect(100, "layout/services/gone: it is a link that leads nowhere", run("init true"));
    }

    @Test
    void aMainThatCannotBeExecutedGivesTheCodesOfAShell() throws IOException {
        Files.writeString(work.resolve("text"), "no program");
        expect(126, "cannot execute ./text: EACCES", run("init ./text"));
        expect(127, "cannot execute ./none: ENOENT", run("init ./none"));
    }

    @Test
    void whatHasNoHealthCheckIsHealthyWhenItIsReady() {
        service("web", "command = sleep 1000");
        service("job", "type = oneshot\ncommand = true");
        service("db", "command = sleep 1000\n[healthcheck]\ntest = true");
        expect(0, "", beside("pintle wait --for healthy"));
    }

    /** What turns a client away may have hung up before the client has asked. */
    @Test
    void whyAClientIsTurnedAwayIsSaidEachTime() {
        service("web", "command = sleep 1000");
        Programs.Result result = beside("until pintle status 2>&1 | grep -q '64 are connected'; do"
                + " for i in $(seq 8); do pintle events >/dev/null 2>&1 & done; sleep 0.2; done;"
                + " for i in $(seq 50); do pintle status; done 2>&1 | sort -u");
        assertEquals("pintle: cannot serve another client: 64 are connected\n", result.output(), result.errors());
    }
}
