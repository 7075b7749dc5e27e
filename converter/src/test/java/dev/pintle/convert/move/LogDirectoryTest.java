package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /var/log/supervisor} comes with a distribution's package, and programs write their own files there. */
class LogDirectoryTest {

    private static final String MAKES = "RUN mkdir -p /var/log/supervisor\n";

    private static final String PACKAGE = "RUN apt-get install -y nginx supervisor\n";

    private static final String OUTPUT =
            "stdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0\nredirect_stderr=true\n";

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild build(String installs, String rest, String command) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, "logs"))
                .with(
                        "supervisord.conf",
                        "[supervisord]\nnodaemon=true\n[program:web]\ncommand=" + command + "\n" + OUTPUT)
                .with(
                        "Dockerfile",
                        "FROM debian:12\n" + installs + rest + "COPY supervisord.conf /etc/supervisord.conf\n"
                                + MovedBuild.START);
    }

    @Test
    void isMadeWhereACommandOfAProgramWritesThere() throws IOException {
        MovedBuild build = build(PACKAGE, "", "bash -c \"exec web >> /var/log/supervisor/web.log\"")
                .move();
        assertTrue(
                build.file("Dockerfile").startsWith("FROM debian:12\nRUN apt-get install -y nginx\n" + MAKES),
                build::all);
        assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
    }

    @Test
    void isMadeWhereAScriptOrASettingNamesAFileThere() throws IOException {
        for (String text :
                List.of("#!/bin/sh\nweb > /var/log/supervisor/web.log\n", "access_log /var/log/supervisor/a.log;\n")) {
            MovedBuild build = build(PACKAGE, "COPY file /opt/file\n", "web")
                    .with("file", text)
                    .move();
            assertTrue(build.file("Dockerfile").contains(MAKES), build::all);
            assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
        }
    }

    /** It has to be there when the command runs. */
    @Test
    void isMadeBeforeCommandsOfTheBuildThatNeedIt() throws IOException {
        MovedBuild behind = build(PACKAGE, "RUN chown -R www-data /var/log/supervisor\n", "web")
                .move();
        assertTrue(
                behind.file("Dockerfile").contains("nginx\n" + MAKES + "RUN chown -R www-data /var/log/supervisor\n"),
                behind::all);
        String same = "RUN apt-get install -y supervisor && touch /var/log/supervisor/web.log\n";
        MovedBuild beside = build(same, "", "web").move();
        assertTrue(
                beside.file("Dockerfile").contains("12\n" + MAKES + "RUN touch /var/log/supervisor/web.log\n"),
                beside::all);
    }

    @Test
    void isNotMadeWithoutNeed() throws IOException {
        // init makes the directory of a log file that it writes itself.
        MovedBuild file = build(PACKAGE, "", "web\nstderr_logfile=/var/log/supervisor/%(program_name)s.log")
                .move();
        assertFalse(file.file("Dockerfile").contains("mkdir"), file::all);
        // Alpine's package has no such directory.
        MovedBuild alpine = build("RUN apk add supervisor nginx\n", "", "sh -c 'web > /var/log/supervisor/web.log'")
                .move();
        assertFalse(alpine.file("Dockerfile").contains("mkdir"), alpine::all);
        MovedBuild made = build(PACKAGE + MAKES, "", "sh -c 'web > /var/log/supervisor/web.log'")
                .move();
        assertEquals(
                made.file("Dockerfile").indexOf("mkdir"),
                made.file("Dockerfile").lastIndexOf("mkdir"),
                made::all);
    }

    /** supervisord's log, and the files that it named for programs, are not written any more. */
    @Test
    void filesOfSupervisordAreNotThere() throws IOException {
        for (String file : List.of("supervisord.log", "web-stdout---supervisor-x.log", "*.log")) {
            MovedBuild build = build(PACKAGE, "COPY tail.sh /tail.sh\n", "web")
                    .with("tail.sh", "#!/bin/sh\ntail -F /var/log/supervisor/" + file + "\n")
                    .move();
            assertTrue(build.has("tail.sh", 2, "not carried"), () -> file + build.all());
        }
    }
}
