package dev.pintle.init.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.Sys;
import dev.pintle.init.sys.jnr.JnrSys;
import dev.pintle.layout.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pintle check} says of programs, users and files that a layout names, in a real file system. */
final class SurroundingsTest {
    private final Sys sys = new JnrSys(List.of("pintle"));

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    /** Checks a layout of one service {@code web} that has no errors of its own; places are relative to its directory. */
    private List<String> check(String conf) throws IOException {
        Path directory = scratch.resolve("services/web");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("service.conf"), conf.replace("HERE", scratch.toString()));
        Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin");
        var read = LayoutReader.read(sys, scratch.toString(), environment);
        assertEquals(List.of(), read.diagnostics());
        return Surroundings.check(sys, read.draft(), environment).stream()
                .map(Diagnostic::text)
                .map(text -> text.replace(directory + "/", "").replace(scratch.toString(), "HERE"))
                .toList();
    }

    private void program(String name, String text, boolean executable) throws IOException {
        Path file = Files.writeString(scratch.resolve(name), text);
        assertTrue(file.toFile().setExecutable(executable));
    }

    @Test
    void whatIsThereIsNotMentioned() throws IOException {
        program("server", "#!/bin/sh -e\n", true);
        program("app.env", "A=b\n", false);
        assertEquals(List.of(), check("""
                command          = HERE/server
                stop_command     = sh -c true
                user             = root
                working_dir      = HERE
                environment_file = HERE/app.env, -HERE/none.env
                """));
    }

    @Test
    void aProgramThatIsNotInPathIsNamedWithPath() throws IOException {
        assertEquals(
                List.of("service.conf:1:11: error: cannot execute no-such-program for web: it is not in PATH (PATH is"
                        + " /usr/bin:/bin)"),
                check("command = no-such-program\n"));
    }

    @Test
    void aServiceMayHaveAPathOfItsOwn() throws IOException {
        program("server", "#!/bin/sh\n", true);
        assertEquals(List.of(), check("command = server\n[environment]\nPATH = HERE\n"));
        assertEquals(
                List.of("service.conf:1:11: error: cannot execute sh for web: it is not in PATH (PATH is HERE)"),
                check("command = sh\n[environment]\nPATH = HERE\n"));
    }

    @Test
    void aFileThatIsNotThereAndOneThatIsNoProgramAreToldApart() throws IOException {
        program("text", "just text\n", false);
        assertEquals(
                List.of("service.conf:1:11: error: cannot execute HERE/none for web: there is no such file"),
                check("command = HERE/none\n"));
        assertEquals(
                List.of(
                        "service.conf:1:11: error: cannot execute HERE/text for web: it is no program, or has no execute"
                                + " bit"),
                check("command = HERE/text\n"));
        assertEquals(
                List.of(
                        "service.conf:1:11: error: cannot execute HERE for web: it is no program, or has no execute bit"),
                check("command = HERE\n"));
    }

    @Test
    void aScriptWhoseInterpreterIsMissingIsNamedWithIt() throws IOException {
        program("server", "#!/opt/none/python3 -u\n", true);
        assertEquals(
                List.of(
                        "service.conf:1:11: error: cannot execute HERE/server for web: its interpreter /opt/none/python3 is"
                                + " not there"),
                check("command = HERE/server\n"));
    }

    @Test
    void aCarriageReturnIsNamedInsteadOfTheInterpreterItSpoils() throws IOException {
        program("server", "#!/bin/sh\r\n", true);
        assertEquals(
                List.of("service.conf:1:11: error: cannot execute HERE/server for web: its first line ends with CR LF"),
                check("command = HERE/server\n"));
    }

    /** One mistake, one error. */
    @Test
    void whatIsWrongWithAFileOfTheServiceDirectoryIsSaidOnce() throws IOException {
        Files.createDirectories(scratch.resolve("services/web"));
        for (String text : List.of("#!/bin/sh\n", "#!/bin/sh\r\n")) {
            program("services/web/run", text, text.contains("\r"));
            var read = LayoutReader.read(sys, scratch.toString(), Map.of());
            assertEquals(1, read.diagnostics().size());
            assertEquals(List.of(), Surroundings.check(sys, read.draft(), Map.of()));
        }
    }

    @Test
    void everyCommandIsLookedFor() throws IOException {
        List<String> found = check("""
                command        = sh
                stop_command   = none-1
                reload_command = none-2
                [healthcheck]
                test           = none-3
                """);
        assertEquals(3, found.size(), found::toString);
        for (int i = 0; i < 3; i++) {
            assertTrue(found.get(i).contains("cannot execute none-" + (i + 1) + " for web"), found.get(i));
        }
    }

    @Test
    void anUnknownUserOrGroupIsAnErrorAndANumberIsNone() throws IOException {
        List<String> user = check("command = sh\nuser = nobody-here\n");
        assertEquals(1, user.size(), user::toString);
        assertTrue(user.get(0).startsWith("service.conf:2:8: error: cannot run web as its user: "), user.get(0));
        List<String> group = check("command = sh\ngroups = no-such-group\n");
        assertEquals(1, group.size(), group::toString);
        assertTrue(group.get(0).startsWith("service.conf:2:10: error: cannot run web as its user: "), group.get(0));
        List<String> owner = check("command = sh\nlisten = unix:/run/x\nlisten_owner = nobody-here\n");
        assertEquals(1, owner.size(), owner::toString);
        assertTrue(owner.get(0).startsWith("service.conf:3:16: error: cannot give web its sockets: "), owner.get(0));
        assertEquals(List.of(), check("command = sh\nuser = 4242:4242\n"));
    }

    @Test
    void whatAVolumeMayBringIsAWarning() throws IOException {
        assertEquals(
                List.of(
                        "service.conf:2:15: warning: cannot start web in HERE/none: there is no such directory (make it in"
                                + " the image, unless it is a volume)",
                        "service.conf:3:20: warning: cannot read HERE/none.env for web: there is no such file (write"
                                + " -HERE/none.env if it may be missing)"),
                check("""
                command      = sh
                working_dir = HERE/none
                environment_file = HERE/none.env
                """));
    }
}
