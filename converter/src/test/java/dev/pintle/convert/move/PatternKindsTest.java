package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor by a pattern of its name, by its process number, and in texts with long words. */
class PatternKindsTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aClassOfOneLetterIsThatLetter() throws IOException {
        String script = """
                #!/bin/sh
                pgrep -f '[s]upervisord' || exit 1
                ps aux | grep supervis[o]rd
                ps | grep "[/]usr/bin/super[v]isord -n"
                ps aux | grep [n]ginx
                """;
        MovedBuild build = MovedBuild.supervisord(
                        directory,
                        "COPY x.sh /x.sh\nHEALTHCHECK CMD ps aux | grep [s]upervisord\nCMD [\"supervisord\", \"-n\"]\n")
                .with("x.sh", script)
                .move();
        for (int line : List.of(2, 3, 4)) {
            build.notCarried("x.sh", line);
        }
        assertFalse(build.has("x.sh", 5, "not carried"), build::all);
        build.notCarried("Dockerfile", 5);
        Vocabulary runit = new Vocabulary(Supervisor.RUNIT, List.of());
        assertEquals(1, runit.mentions("pgrep [r]unsv", true).size());
        assertEquals(List.of(), runit.mentions("x[1]y = a[i]", true));
    }

    @Test
    void whatProcess1IsIsAsked() throws IOException {
        for (String command : List.of(
                "readlink /proc/1/exe | grep python",
                "test \"$(cat /proc/1/comm)\" = x",
                "grep -q x /proc/1/cmdline")) {
            MovedBuild build = MovedBuild.supervisord(
                            Files.createTempDirectory(directory, "one"),
                            "HEALTHCHECK CMD " + command + "\nCMD [\"supervisord\", \"-n\"]\n")
                    .move();
            build.notCarried("Dockerfile", 4);
        }
    }

    @Test
    void theParentOfAProgramIsProcess1() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY a.sh b.py c.js /\nCMD [\"supervisord\", \"-n\"]\n")
                .with("a.sh", "#!/bin/sh\nkill -HUP $PPID\nkill -s USR2 \"${PPID}\"\nkill -TERM $PPID\n")
                .with("b.py", "import os\nos.kill(os.getppid(), signal.SIGHUP)\nprint(os.getppid())\n")
                .with("c.js", "process.kill(process.ppid, 'SIGHUP')\n")
                .move();
        build.notCarried("a.sh", 2);
        build.notCarried("a.sh", 3);
        build.notCarried("b.py", 2);
        build.notCarried("c.js", 1);
        assertFalse(build.has("a.sh", 4, "not carried"), build::all);
        assertFalse(build.has("b.py", 3, "not carried"), build::all);
    }

    @Test
    void longWordsTakeNoLongTime() {
        Vocabulary vocabulary = new Vocabulary(Supervisor.SUPERVISORD, List.of());
        String word = "a1B2c3D4".repeat(50_000);
        assertTimeout(
                Duration.ofSeconds(5),
                () -> assertEquals(
                        1,
                        vocabulary
                                .mentions("kill " + word + " supervisorctl", true)
                                .size()));
    }
}
