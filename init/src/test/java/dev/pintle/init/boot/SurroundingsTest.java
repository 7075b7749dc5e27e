package dev.pintle.init.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.Sys;
import dev.pintle.init.sys.jnr.JnrSys;
import dev.pintle.layout.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pintle check} says of programs, users and files that a layout names, in a real file system. */
final class SurroundingsTest {
    /** Whether files that nothing reads are looked at: those that a test makes lie there, too. */
    private boolean unread;

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
        return Surroundings.check(sys, scratch.toString(), read.draft(), environment).stream()
                .filter(found -> unread || !found.code().equals("unread"))
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
                List.of("service.conf:1:11: error: cannot execute HERE/text for web: it is not a program, or is not"
                        + " executable"),
                check("command = HERE/text\n"));
        assertEquals(
                List.of(
                        "service.conf:1:11: error: cannot execute HERE for web: it is not a program, or is not executable"),
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
    void theProgramThatEnvLooksForIsLookedForToo() throws IOException {
        String server = "#!/usr/bin/env -S none-such -u\n";
        program("server", server, true);
        String expected =
                "service.conf:1:11: error: cannot execute HERE/server for web: its interpreter none-such, which env"
                        + " looks for, is not in PATH";
        assertEquals(List.of(expected), check("command = HERE/server\n"));
        program("server", "#!/usr/bin/env none-such\n", true);
        assertEquals(List.of(expected), check("command = HERE/server\n"));
        for (String known : List.of("sh", "-i sh", "A=b sh")) {
            program("server", "#!/usr/bin/env " + known + "\n", true);
            assertEquals(List.of(), check("command = HERE/server\n"));
        }
    }

    @Test
    void aProgramForAnotherCLibraryIsNamedWithItsLoader() throws IOException {
        byte[] program = Files.readAllBytes(Path.of("/bin/ls"));
        byte[] loader = "/ld-".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 4096; i++) {
            if (Arrays.equals(Arrays.copyOfRange(program, i, i + loader.length), loader)) {
                program[i + 1] = 'L';
                break;
            }
        }
        Files.write(scratch.resolve("server"), program);
        assertTrue(scratch.resolve("server").toFile().setExecutable(true));
        List<String> found = check("command = HERE/server\n");
        assertEquals(1, found.size());
        assertTrue(found.get(0).contains("/Ld-"), found::toString);
        assertTrue(found.get(0).endsWith(" is not there"), found::toString);
    }

    @Test
    void aTargetOfLinesThatCannotBeOneIsNamed() throws IOException {
        program("file", "text\n", false);
        String with = "command = sh\n[stdout]\nto = file:HERE/";
        assertEquals(
                List.of(
                        "service.conf:3:6: error: cannot write the output of web to HERE/services: it is a directory (name a"
                                + " file in it)"),
                check(with + "services\n"));
        assertEquals(
                List.of("service.conf:3:6: error: cannot write the output of web to HERE/file/log: HERE/file is not a"
                        + " directory"),
                check(with + "file/log\n"));
        assertEquals(
                List.of(
                        "service.conf:3:6: warning: cannot write the output of web to HERE/none/such/log: there is no directory"
                                + " HERE/none (make it in the image, unless it is a volume)"),
                check(with + "none/such/log\nmax_size = 0\n"));
        assertEquals(List.of(), check(with + "made/log\n"));
    }

    @Test
    void whatTheContainersOwnSettingsNameIsLookedFor() throws IOException {
        Path conf = scratch.resolve("pintle.conf");
        Files.writeString(
                conf, "[control]\ngroup = none-such\n[web]\nlisten = 9001\nusername = me\npassword_file = /none\n");
        List<String> found = check("command = sh\n");
        String all = String.join("\n", found);
        assertTrue(all.contains("HERE/pintle.conf: error: cannot let group none-such use the control socket: "), all);
        assertTrue(all.contains("HERE/pintle.conf: warning: cannot read /none for [web]: there is no such file"), all);
    }

    /** A name of another image's service may be missing; one that is nearly that of a service is misspelled. */
    @Test
    void aMisspelledNameInAfterIsNamed() throws IOException {
        for (String conf : List.of(
                "web command = sh\nafter = databse, unknown, cache1\n",
                "database command = sh\n",
                "cache1 enabled = no\n",
                "cache2 command = sh\n")) {
            int blank = conf.indexOf(' ');
            Path directory = Files.createDirectories(scratch.resolve("services/" + conf.substring(0, blank)));
            Files.writeString(directory.resolve("service.conf"), conf.substring(blank + 1));
        }
        List<String> found = LayoutReader.read(sys, scratch.toString(), Map.of()).diagnostics().stream()
                .map(Diagnostic::text)
                .toList();
        assertEquals(
                List.of(scratch
                        + "/services/web/service.conf:2:9: warning: cannot start after databse: there is no such service"
                        + " (did you mean 'database'?)"),
                found);
    }

    @Test
    void aConfigurationThatIsALinkToNothingIsAnError() throws IOException {
        Files.createSymbolicLink(scratch.resolve("pintle.conf"), Path.of("none"));
        Files.createDirectories(scratch.resolve("services/web"));
        Files.writeString(scratch.resolve("services/web/service.conf"), "command = sh\n");
        List<Diagnostic> found =
                LayoutReader.read(sys, scratch.toString(), Map.of()).diagnostics();
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).text().endsWith("/pintle.conf: it is a link that leads nowhere"), found::toString);
    }

    @Test
    void anEnvironmentFileIsReadAsTheStartReadsIt() throws IOException {
        program("app.env", "A=b\nB = 'c\n", false);
        program("ref.env", "URL=http://${HOST}/\r\n", false);
        assertEquals(
                List.of(
                        "service.conf:2:20: error: cannot read HERE/app.env:2: the quote ' is not closed",
                        "service.conf:2:20: warning: cannot replace variables in the value of URL in HERE/ref.env: in such a"
                                + " file a dollar sign is one (set URL under [environment] in service.conf)",
                        "service.conf:2:20: warning: cannot read own.env for web: there is no such file (write -./own.env if"
                                + " it may be missing)"),
                check("command = sh\nenvironment_file = HERE/app.env, HERE/ref.env, ./own.env\n"));
    }

    @Test
    void whatNothingReadsIsNamed() throws IOException {
        unread = true;
        Path web = Files.createDirectories(scratch.resolve("services/web"));
        Files.createDirectories(web.resolve("envs"));
        Files.createDirectories(web.resolve("templates"));
        Files.createDirectories(scratch.resolve("conf.d"));
        for (String name : List.of("finsh", "check.sh", "down", "app.conf", "data.txt", ".gitignore", "README.md")) {
            Files.writeString(web.resolve(name), "x\n");
        }
        Files.writeString(scratch.resolve("pintle.cnf"), "");
        Files.writeString(scratch.resolve("services/notes"), "");
        assertEquals(
                List.of(
                        "HERE/conf.d: warning: cannot use conf.d: nothing reads it",
                        "HERE/pintle.cnf: warning: cannot use pintle.cnf: nothing reads it (did you mean 'pintle.conf'?)",
                        "HERE/services/notes: warning: cannot use notes: nothing reads it",
                        "check.sh: warning: cannot use check.sh: nothing reads it (call it check)",
                        "data.txt: warning: cannot use data.txt: nothing reads it",
                        "down: warning: cannot use down: nothing reads it (it is runit's and s6's: write autostart = no in"
                                + " service.conf)",
                        "envs: warning: cannot use envs: nothing reads it (did you mean 'env'?)",
                        "finsh: warning: cannot use finsh: nothing reads it (did you mean 'finish'?)"),
                check("command = sh -c 'cat templates app.conf'\n"));
    }

    @Test
    void aCarriageReturnIsNamedInsteadOfTheInterpreterItSpoils() throws IOException {
        program("server", "#!/bin/sh\r\n", true);
        assertEquals(
                List.of("service.conf:1:11: error: cannot execute HERE/server for web: its first line ends with CR LF"),
                check("command = HERE/server\n"));
    }

    @Test
    void theInterpreterOfFinishIsLookedFor() throws IOException {
        Files.createDirectories(scratch.resolve("services/web/log"));
        program("services/web/finish", "#!/nope/sh\n", true);
        program("services/web/log/run", "#!/bin/sh\n", true);
        program("services/web/log/finish", "#!/usr/bin/env nope\n", true);
        assertEquals(
                List.of(
                        "finish: error: cannot execute finish for web: its interpreter /nope/sh is not there",
                        "log/finish: error: cannot execute log/finish for web/log: its interpreter nope, which env looks for,"
                                + " is not in PATH"),
                check("command = sh\n"));
    }

    @Test
    void whatIsWrongInDefaultsIsSaidOnce() throws IOException {
        Files.createDirectories(scratch.resolve("services/other"));
        Files.writeString(scratch.resolve("services/other/service.conf"), "command = sh\n");
        Files.writeString(
                scratch.resolve("pintle.conf"),
                "[defaults]\nuser = nobodyy\nworking_dir = /nope\nenvironment_file = /nope.env\nstop_command = nope\n");
        assertEquals(
                List.of(
                        "HERE/pintle.conf:2:8: error: cannot run services as their user: there is no user nobodyy in"
                                + " /etc/passwd (make it in the image, or write a number)",
                        "HERE/pintle.conf:3:15: warning: cannot start services in /nope: there is no such directory (make it in"
                                + " the image, unless it is a volume)",
                        "HERE/pintle.conf:4:20: warning: cannot read /nope.env for services: there is no such file (write"
                                + " -/nope.env if it may be missing)",
                        "HERE/pintle.conf:5:16: error: cannot execute nope for services: it is not in PATH (PATH is"
                                + " /usr/bin:/bin)"),
                check("command = sh\n"));
    }

    @Test
    void aLinkThatLeadsNowhereIsNamed() throws IOException {
        Path services = Files.createDirectories(scratch.resolve("services"));
        Files.createDirectories(services.resolve("web"));
        Files.createSymbolicLink(services.resolve("lost"), Path.of("nowhere"));
        Files.createSymbolicLink(services.resolve("web/service.conf"), Path.of("nowhere"));
        List<String> found = LayoutReader.read(sys, scratch.toString(), Map.of()).diagnostics().stream()
                .map(Diagnostic::text)
                .map(text -> text.replace(services + "/", ""))
                .toList();
        assertEquals(
                List.of(
                        "lost: error: cannot read lost: it is a link that leads nowhere",
                        "web/service.conf: error: cannot read service web: its service.conf is a directory, or a link that"
                                + " leads nowhere"),
                found);
    }

    /** One mistake, one error. */
    @Test
    void whatIsWrongWithAFileOfTheServiceDirectoryIsSaidOnce() throws IOException {
        Files.createDirectories(scratch.resolve("services/web"));
        for (String text : List.of("#!/bin/sh\n", "#!/bin/sh\r\n")) {
            program("services/web/run", text, text.contains("\r"));
            var read = LayoutReader.read(sys, scratch.toString(), Map.of());
            assertEquals(1, read.diagnostics().size());
            assertEquals(List.of(), Surroundings.check(sys, scratch.toString(), read.draft(), Map.of()));
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
