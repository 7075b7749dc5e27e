package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs;
import java.io.IOException;
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
        expect(0, "", run("pintle check"));
        Files.createFile(work.resolve("layout/services"));
        String error = "cannot read " + work.resolve("layout/services") + ": ENOTDIR: not a directory";
        assertTrue(run("pintle check").output().contains(error));
        expect(100, error, run("init true"));
    }

    /** As when a volume is gone, or when no descriptor is left to look with. */
    @Test
    void aReloadThatCannotSeeTheServicesLeavesThemAlone() {
        service("web", "command = sleep 1000");
        Programs.Result result = beside("mv layout/services layout/away; touch layout/services; pintle reload; code=$?;"
                + " pintle status web >/dev/null && exit $code");
        expect(1, "nothing has changed", result);
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
    void aWordThatMeansNothingIsAMistake() {
        expect(2, "there is nothing to name here: web; see pintle health --help", run("pintle health web"));
        expect(2, "there is nothing to name here: 2; see pintle version --help", run("pintle version 2"));
    }

    /** A typing error in a link must not be a service that silently is not there. */
    @Test
    void aServiceThatIsALinkToNowhereIsMissed() throws IOException {
        service("web", "command = sleep 1000");
        Files.createSymbolicLink(work.resolve("layout/services/gone"), Path.of("/nonexistent"));
        assertEquals(1, run("pintle check").code());
        expect(100, "cannot read service gone", run("init true"));
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
        Programs.Result result = beside("for i in $(seq 64); do pintle events >/dev/null & done; sleep 1;"
                + " for i in $(seq 50); do pintle status; done 2>&1 | sort -u; kill $(jobs -p | grep -v $pid)");
        assertEquals("pintle: cannot serve another client: 64 are connected\n", result.output(), result.errors());
    }
}
