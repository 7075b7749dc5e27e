package dev.pintle.convert.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.Trees;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What --dockerfile says of bad input, and how it writes. */
class DockerfileCommandTest {

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Trees.write(
                directory,
                Map.of(
                        "supervisord.conf",
                        "[supervisord]\nnodaemon=true\n[program:web]\ncommand=web\nstdout_logfile=NONE\nstderr_logfile=NONE\n",
                        "Dockerfile",
                        "FROM debian AS one\nCOPY supervisord.conf /etc/\nCOPY run.sh /\nCMD /run.sh\n",
                        "run.sh",
                        "#!/bin/sh\nexec supervisord -n\n"));
        Files.setPosixFilePermissions(directory.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x--x"));
    }

    private String dockerfile() {
        return directory.resolve("Dockerfile").toString();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all =
                Stream.concat(Stream.of("supervisord"), Stream.of(arguments)).toArray(String[]::new);
        return PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, all);
    }

    private void refused(int code, String message, String... arguments) {
        assertEquals(code, run(arguments), err::toString);
        assertTrue(err.toString().contains(message), err::toString);
        assertFalse(err.toString().contains("Exception"), err::toString);
    }

    @Test
    void aPatchIsNotWritten() throws IOException {
        String before = Files.readString(directory.resolve("Dockerfile"));
        refused(
                2,
                "cannot use --write with --diff: --diff writes nothing",
                "--dockerfile",
                dockerfile(),
                "--diff",
                "--write");
        assertEquals(before, Files.readString(directory.resolve("Dockerfile")));
    }

    @Test
    void theOverlayLiesInTheContext() {
        for (String outside : List.of("../overlay.tar.gz", "/elsewhere/overlay.tar.gz", "sub/../../overlay.tar.gz")) {
            refused(
                    2,
                    "cannot use the overlay " + outside + ": it is outside the build context",
                    "--dockerfile",
                    dockerfile(),
                    "--dry-run",
                    "--overlay",
                    outside);
        }
        refused(
                2,
                "ADD does not unpack what it fetches",
                "--dockerfile",
                dockerfile(),
                "--dry-run",
                "--overlay",
                "https://example.com/overlay.tar.gz");
        assertEquals(
                0,
                run("--dockerfile", dockerfile(), "--diff", "--overlay", directory + "/sub/overlay.tar.gz"),
                err::toString);
        assertTrue(out.toString().contains("+ADD sub/overlay.tar.gz /\n"), out::toString);
    }

    @Test
    void whatIsMovedAlreadyIsSaidToBe() throws IOException {
        String[] move = {"--dockerfile", dockerfile(), "-o", directory + "/out", "--force", "--write"};
        assertEquals(0, run(move), err::toString);
        String after = Files.readString(directory.resolve("Dockerfile"));
        refused(3, "Dockerfile:2:1: error: cannot move the image: it is moved already", move);
        assertTrue(err.toString().contains("pintle-convert supervisord FILE -o DIR --force"), err::toString);
        assertEquals(after, Files.readString(directory.resolve("Dockerfile")));
    }

    @Test
    void aProgramThatStartsTheSupervisorInItsOwnWayIsNamed() throws IOException {
        Files.writeString(directory.resolve("run.sh"), "#!/usr/bin/python3\nos.execvp('supervisord', ['x'])\n");
        refused(
                3,
                "run.sh, and how that starts supervisord is not understood",
                "--dockerfile",
                dockerfile(),
                "--dry-run");
    }

    @Test
    void aConfigurationThatTheContextDoesNotHaveIsNamed() throws IOException {
        Files.writeString(
                directory.resolve("Dockerfile"),
                "FROM debian\nCOPY deploy/supervisord.conf /etc/\nCMD [\"supervisord\"]\n");
        refused(
                3,
                "line 2, copies deploy/supervisord.conf, which is not in the build context",
                "--dockerfile",
                dockerfile(),
                "--dry-run");
    }

    @Test
    void aStartThatIsNotUnderstoodIsNamed() throws IOException {
        for (String start : List.of(
                "CMD [\"su\", \"-\", \"app\", \"-c\", \"supervisord -n\"]",
                "CMD [\"unshare\", \"-p\", \"supervisord\"]",
                "CMD [\"uv\", \"run\", \"-m\", \"supervisor.supervisord\"]")) {
            Files.writeString(
                    directory.resolve("Dockerfile"), "FROM debian\nCOPY supervisord.conf /etc/\n" + start + "\n");
            refused(
                    3,
                    "Dockerfile:3:1: error: cannot move the image: how CMD starts supervisord is not understood",
                    "--dockerfile",
                    dockerfile(),
                    "--dry-run");
        }
    }

    @Test
    void aConfigurationMayBeInAnArchive() throws IOException {
        Files.writeString(directory.resolve("rootfs.tar.gz"), "");
        Files.writeString(directory.resolve("Dockerfile"), "FROM debian\nADD rootfs.tar.gz /\nCMD [\"supervisord\"]\n");
        refused(3, "rootfs.tar.gz, unpack that into the build context", "--dockerfile", dockerfile(), "--dry-run");
    }

    @Test
    void aScriptThatIsNotUtf8IsSaidToBe() throws IOException {
        Files.write(
                directory.resolve("run.sh"),
                "#!/bin/sh\n# caf\u00e9\nexec supervisord -n\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(3, "run.sh, which is not UTF-8", "--dockerfile", dockerfile(), "--dry-run");
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        refused(2, "cannot use --write: name the Dockerfile, with --dockerfile", "x.conf", "--write", "-o", "o");
        refused(2, "cannot use --target: name the Dockerfile", "x.conf", "--target", "t", "-o", "o");
        refused(2, "cannot use --context: name the Dockerfile", "x.conf", "--context", ".", "-o", "o");
        refused(2, "cannot write: say where with -o DIR", "--dockerfile", dockerfile());
        refused(
                2,
                "report.pdf: its name ends in none of .html, .md, .json and .txt",
                "--dockerfile",
                dockerfile(),
                "--dry-run",
                "--report",
                "report.pdf");
        refused(
                2,
                "cannot use version four: write a number such as 4.2.5",
                "x.conf",
                "--supervisord-version",
                "four",
                "--dry-run");
    }

    /** What ENV shows to be one word stays one, without a word about it; anything else is split as supervisord does. */
    @Test
    void takesWhatTheImageSetsForUsual() throws IOException {
        Files.writeString(directory.resolve("app.conf"), """
                [supervisord]
                nodaemon=true
                [program:app]
                command=app %(ENV_MODE)s %(ENV_OPTS)s %(ENV_EMPTY)s %(ENV_OLD)s %(ENV_UNKNOWN)s
                """);
        Files.writeString(directory.resolve("Dockerfile"), """
                FROM debian:12
                ARG VERSION=2
                ENV MODE=fast-$VERSION OPTS="-a -b" EMPTY=""
                ENV OLD two words
                COPY app.conf /etc/supervisord.conf
                CMD ["supervisord", "-n", "-c", "/etc/supervisord.conf"]
                """);
        Path output = directory.resolve("result");
        assertEquals(0, run("--dockerfile", dockerfile(), "-o", output.toString()), err::toString);
        String service = Files.readString(output.resolve("etc/pintle/services/app/service.conf"));
        assertTrue(
                service.contains("command = app \"${MODE?}\" ${=OPTS?} ${=EMPTY?} ${=OLD?} ${=UNKNOWN?}\n"), service);
        assertTrue(out.toString().matches("(?s).*command +changed +the same words.*"), out::toString);
    }

    @Test
    void aDirectoryStandsForItsDockerfile() {
        assertEquals(0, run("--dockerfile", directory.toString(), "--dry-run"), err::toString);
        assertTrue(out.toString().contains(dockerfile()), out::toString);
    }

    @Test
    void saysWhyADockerfileCannotBeRead() throws IOException {
        String missing = directory.resolve("missing").toString();
        Path empty = Files.createDirectory(directory.resolve("empty"));
        refused(3, "cannot read " + missing + ": there is no such file", "--dockerfile", missing, "--dry-run");
        refused(
                3,
                "cannot read " + empty.resolve("Dockerfile") + ": there is no such file",
                "--dockerfile",
                empty.toString(),
                "--dry-run");
        refused(
                3,
                "cannot find the stage two: no FROM has that name\n    > the stages are one",
                "--dockerfile",
                dockerfile(),
                "--target",
                "two",
                "--dry-run");
        Files.write(Path.of(dockerfile()), new byte[] {'F', 'R', 'O', 'M', ' ', (byte) 0xff});
        refused(3, "it is not UTF-8", "--dockerfile", dockerfile(), "--dry-run");
        Files.writeString(Path.of(dockerfile()), "FROM a\nRUN \0\n");
        refused(3, dockerfile() + ":2:5: error: cannot read the Dockerfile", "--dockerfile", dockerfile(), "--dry-run");
    }

    @Test
    void writesAllOrNothing() throws IOException {
        Map<String, String> before = Trees.read(directory);
        Files.createDirectories(directory.resolve("out"));
        Files.writeString(directory.resolve("out/etc"), "a file where a directory has to be");
        before.put("out/etc", "a file where a directory has to be");
        refused(
                2,
                "cannot write ",
                "--dockerfile",
                dockerfile(),
                "-o",
                directory.resolve("out").toString(),
                "--write");
        assertEquals(before, Trees.read(directory));
    }

    @Test
    void editedFilesKeepTheirModesAndLinksStayLinks() throws IOException {
        Path real = directory.resolve("real.sh");
        Files.move(directory.resolve("run.sh"), real);
        Files.createSymbolicLink(directory.resolve("run.sh"), Path.of("real.sh"));
        assertEquals(
                0,
                run("--dockerfile", dockerfile(), "-o", directory.resolve("out").toString(), "--write"),
                err::toString);
        assertEquals("#!/bin/sh\nexec /init\n", Files.readString(real));
        assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
        assertTrue(Files.isSymbolicLink(directory.resolve("run.sh")));
    }

    @Test
    void refusesAMoveAfterWhichNothingStartsInit() throws IOException {
        for (String start :
                List.of("CMD /elsewhere.sh", "ENTRYPOINT [\"/bin/app\"]", "CMD [\"sh\", \"-c\", \"web\"]")) {
            Files.writeString(Path.of(dockerfile()), "FROM debian\nCOPY supervisord.conf /etc/\n" + start + "\n");
            Map<String, String> before = Trees.read(directory);
            refused(
                    3,
                    "Dockerfile:3:1: error: cannot move the image: ",
                    "--dockerfile",
                    dockerfile(),
                    "-o",
                    directory.resolve("out").toString(),
                    "--write");
            assertEquals(before, Trees.read(directory));
        }
    }

    @Test
    void refusesAMoveThatYieldsNoService() throws IOException {
        Files.writeString(
                directory.resolve("supervisord.conf"), "[supervisord]\n[include]\nfiles = /etc/supervisor.d/*.ini\n");
        refused(
                3,
                "has nothing to run, and includes nothing that the Dockerfile copies",
                "--dockerfile",
                dockerfile(),
                "-o",
                directory.resolve("out").toString(),
                "--write");
        assertFalse(Files.exists(directory.resolve("out")));
    }

    @Test
    void strictWritesNothingWhereTheBuildNeedsAPerson() throws IOException {
        Files.writeString(directory.resolve("run.sh"), "#!/bin/sh\nsupervisorctl fg web\nexec supervisord -n\n");
        Map<String, String> before = Trees.read(directory);
        assertEquals(
                1,
                run("--dockerfile", dockerfile(), "-o", directory.resolve("out").toString(), "--write", "--strict"));
        assertEquals(before, Trees.read(directory));
    }

    @Test
    void patchIsOneThatPatchTakes() throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Trees.write(elsewhere, Trees.read(directory));
        assertEquals(0, run("--dockerfile", dockerfile(), "--diff"), err::toString);
        String patch = out.toString().replace(directory.toString().substring(1) + "/", "");
        Process process = new ProcessBuilder("git", "apply", "--unsafe-paths", "-p1", "-")
                .directory(elsewhere.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write(patch.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said + patch);
        assertEquals("#!/bin/sh\nexec /init\n", Files.readString(elsewhere.resolve("run.sh")));
        assertTrue(Files.exists(elsewhere.resolve("out/etc/pintle/services/web/service.conf")), patch);
    }
}
