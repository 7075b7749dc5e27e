package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that start an image, with what they do beside it. */
final class StartScriptsTest {

    private static final String WAIT =
            "for _ in 1 2 3 4 5 6 7 8 9; do pintle health --live > /dev/null 2>&1 && break; sleep 0.5; done";

    @TempDir
    Path directory;

    private MovedBuild runit(String start) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, "runit"))
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("Dockerfile", "FROM alpine:3.20\nRUN apk add runit\nCOPY service /etc/service\n" + start);
    }

    /** It was taken for runit's program of that name, and what it sets up was gone in silence. */
    @Test
    void aScriptOfOnesOwnWithTheNameOfAProgramIsAScript() throws IOException {
        for (String start : List.of(
                "COPY runsvdir-start /usr/local/sbin/runsvdir-start\nENTRYPOINT [\"/usr/local/sbin/runsvdir-start\"]\n",
                "COPY runsvdir-start /usr/local/sbin/\nCMD [\"runsvdir-start\"]\n",
                "COPY runsvdir-start /sbin/runsvdir-start\nCMD exec /sbin/runsvdir-start\n",
                "COPY runsvdir-start /sbin/runit\nCMD [\"/sbin/runit\"]\n")) {
            MovedBuild build = runit(start)
                    .with(
                            "runsvdir-start",
                            "#!/bin/sh\nexport PATH=/opt/web/bin:/bin\nmkdir -p /data\nexec runsvdir -P /etc/service\n")
                    .move();
            String lines = build.file("Dockerfile");
            assertTrue(lines.endsWith(start.substring(start.indexOf('\n') + 1)), build::all);
            assertEquals(
                    "#!/bin/sh\nexport PATH=/opt/web/bin:/bin\nmkdir -p /data\nexec /init\n",
                    build.file("runsvdir-start"),
                    build::all);
            assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
        }
    }

    /** That of the package is none of the build context. */
    @Test
    void theProgramOfThePackageIsReplaced() throws IOException {
        MovedBuild build = runit("CMD [\"/usr/sbin/runsvdir-start\"]\n").move();
        assertTrue(build.file("Dockerfile").endsWith("CMD [\"/init\"]\n"), build::all);
    }

    @Test
    void aWrapperWithTheNameOfSupervisordIsAScript() throws IOException {
        MovedBuild build = MovedBuild.supervisord(
                        directory, "COPY supervisord /usr/local/bin/supervisord\nCMD [\"supervisord\", \"-n\"]\n")
                .with("supervisord", "#!/bin/sh\nmkdir -p /data\nexec /usr/bin/supervisord \"$@\"\n")
                .move();
        assertEquals("#!/bin/sh\nmkdir -p /data\nexec /init\n", build.file("supervisord"), build::all);
    }

    private MovedBuild daemon(String settings, String lines) throws IOException {
        return MovedBuild.script(Files.createTempDirectory(directory, "daemon"), "#!/bin/sh\n" + lines + "\n")
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION.replace("nodaemon=true", "nodaemon=false\n" + settings));
    }

    /** In the foreground they have no effect, which the report says of the settings themselves. */
    @Test
    void directoryAndUmaskOfADaemonAreNotCarried() throws IOException {
        String goesOn = "supervisord -c /etc/supervisord.conf\ntail -f /dev/null";
        for (String settings : List.of("umask=077", "directory=/srv", "directory=/srv\numask=022")) {
            daemon(settings, goesOn).move().notCarried("start.sh", 2);
            MovedBuild foreground = daemon(
                            settings, goesOn.replace(" -c", " -n -c").replace("\n", " &\n"))
                    .move();
            assertFalse(foreground.has("start.sh", 2, "not carried"), foreground::all);
        }
        MovedBuild usual = daemon("umask=022", goesOn).move();
        assertFalse(usual.has("start.sh", 2, "not carried"), usual::all);
        MovedBuild own = daemon("directory=/srv", goesOn);
        own.with("supervisord.conf", own.text("supervisord.conf").replace("command=", "directory=/app\ncommand="));
        assertFalse(own.move().has("start.sh", 2, "not carried"), own::all);
    }

    @Test
    void directoryOfADaemonThatCmdStartsIsNotCarried() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "CMD supervisord && tail -f /dev/null\n")
                .with("supervisord.conf", MovedBuild.CONFIGURATION.replace("nodaemon=true", "directory=/srv"))
                .move();
        build.notCarried("Dockerfile", 4);
    }

    /** supervisord listens before its start returns; init does so a moment later. */
    @Test
    void aScriptWaitsForInitBeforeItControlsIt() throws IOException {
        Map<String, String> lines = Map.of(
                "supervisord\nsupervisorctl start web\nwait", "/init & " + WAIT + "\npintle start web\nwait",
                "supervisord && supervisorctl start web; wait", "/init & " + WAIT + " && pintle start web; wait",
                "supervisord; supervisorctl start web; wait", "/init & " + WAIT + "; pintle start web; wait",
                "supervisord || exit 1\nsupervisorctl start web\nwait",
                        "/init & " + WAIT + " || exit 1\npintle start web\nwait",
                "service supervisor start\nsleep 1\nsupervisorctl start web\nwait",
                        "/init & " + WAIT + "\nsleep 1\npintle start web\nwait",
                "supervisord -n &\nsupervisorctl start web\nwait", "/init &\npintle start web\nwait",
                "supervisord\ntail -f /x", "/init &\ntail -f /x");
        for (Map.Entry<String, String> line : lines.entrySet()) {
            MovedBuild build = daemon("", line.getKey()).move();
            assertEquals("#!/bin/sh\n" + line.getValue() + "\n", build.file("start.sh"), build::all);
            Process parsed = new ProcessBuilder("sh", "-n").start();
            try (var text = parsed.outputWriter()) {
                text.write(line.getValue() + "\n");
            }
            assertEquals(0, parsed.onExit().join().exitValue(), line.getValue());
        }
    }

    /** What awk calls $2 is a column. */
    @Test
    void columnsOfAwkAreNoArguments() throws IOException {
        MovedBuild build = MovedBuild.supervisord(
                        directory, "COPY start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\n" + MovedBuild.START)
                .with("start.sh", """
                        #!/bin/sh
                        FS="$(df -TP / | awk '{print $2}')"
                        case ${FS} in
                          overlay) echo overlay;;
                        esac
                        [ "$FS" = ext4 ] && echo "$(ls | awk '{print $1}')"
                        exec "$@"
                        """)
                .move();
        assertFalse(build.all().contains("\"fate\": \"approximated\""), build::all);
        assertEquals(build.text("start.sh"), build.file("start.sh"));
    }
}
