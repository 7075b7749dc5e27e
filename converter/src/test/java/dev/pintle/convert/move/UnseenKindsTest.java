package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of builds that a second look found broken, or changed, in silence. */
class UnseenKindsTest {

    private static final String STARTS = "CMD [\"supervisord\", \"-n\", \"-c\", \"/app/supervisord.conf\"]\n";

    @TempDir
    private Path directory = Path.of("");

    private static boolean has(MovedBuild build, String file, int line, String fate) {
        return build.fates(file, line).stream().anyMatch(each -> each.contains("\"fate\": \"" + fate + "\""));
    }

    private static void notCarried(MovedBuild build, String file, int line) {
        assertTrue(has(build, file, line, "not carried"), () -> file + ":" + line + "\n" + build.all());
    }

    private MovedBuild fresh(String name) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, name))
                .with("supervisord.conf", MovedBuild.CONFIGURATION);
    }

    @Test
    void directoryOfAnotherStageStays() throws IOException {
        for (String from : List.of("golang:1.22", "debian:12", "scratch")) {
            String stage = "FROM " + from + " AS b\n"
                    + (from.equals("scratch") ? "ADD app.tar /app/\n" : "RUN make -C /src install\n")
                    + "COPY supervisord.conf /app/supervisord.conf\n";
            for (String copy : List.of(
                    "COPY --from=b /app /app",
                    "COPY --from=b /app/ /app/",
                    "COPY --from=b / /",
                    "COPY --chown=1 --from=b /app /app")) {
                MovedBuild build = fresh("stays")
                        .with("Dockerfile", stage + "FROM debian:12\n" + copy + "\n" + STARTS)
                        .move();
                String after = build.file("Dockerfile");
                assertEquals(0, build.code(), build::all);
                assertTrue(after.contains("\n" + copy + "\n"), after);
                assertTrue(after.contains("COPY out/ /\n"), after);
                assertTrue(after.endsWith("CMD [\"/init\"]\n"), after);
            }
        }
    }

    @Test
    void directoryOfAPlainStageGoesWithItsConfiguration() throws IOException {
        String stage = "FROM scratch AS b\nCOPY supervisord.conf /app/\n";
        MovedBuild alone = fresh("alone")
                .with("Dockerfile", stage + "FROM debian:12\nCOPY --from=b /app /app\n" + STARTS)
                .move();
        assertTrue(!alone.file("Dockerfile").contains("--from=b"), alone::all);
        MovedBuild beside = fresh("beside")
                .with("tool.sh", "#!/bin/sh\ntrue\n")
                .with("Dockerfile", stage + "COPY tool.sh /app/\nFROM debian:12\nCOPY --from=b /app /app\n" + STARTS)
                .move();
        assertTrue(beside.file("Dockerfile").contains("\nCOPY --from=b /app /app\n"), beside::all);
    }

    @Test
    void treeOfAnotherStageStaysForRunit() throws IOException {
        for (String copy : List.of("COPY --from=b / /", "COPY --from=b /etc /etc")) {
            MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "runit"))
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with(
                            "Dockerfile",
                            "FROM debian:12 AS b\nRUN apt-get install -y runit nginx\nCOPY service /etc/service\n"
                                    + "FROM scratch\n" + copy + "\nCMD [\"runsvdir\", \"/etc/service\"]\n")
                    .move();
            assertEquals(0, build.code(), build::all);
            assertTrue(build.file("Dockerfile").contains("\n" + copy + "\n"), build::all);
        }
    }

    @Test
    void directoriesThatAreMadeBesideTheSupervisorsStay() throws IOException {
        for (Map.Entry<String, String> each : Map.of(
                        "install -d -o www-data /etc/supervisor/conf.d /data/y", "install -d -o www-data /data/y",
                        "install -dm755 /data/y /etc/supervisor/conf.d /data/z", "install -dm755 /data/y /data/z",
                        "install --directory /etc/supervisor/conf.d /data/y", "install --directory /data/y")
                .entrySet()) {
            MovedBuild build = fresh("made")
                    .with(
                            "Dockerfile",
                            "FROM debian:12\nRUN " + each.getKey()
                                    + "\nCOPY supervisord.conf /etc/supervisor/conf.d/web.conf\nCMD [\"supervisord\", \"-n\"]\n")
                    .move();
            assertTrue(build.file("Dockerfile").contains("\nRUN " + each.getValue() + "\n"), build::all);
        }
        MovedBuild copied = fresh("copied").with("Dockerfile", """
                        FROM debian:12
                        COPY supervisord.conf /etc/supervisord.conf
                        RUN cp /etc/supervisord.conf tool.bin /data/
                        CMD ["supervisord", "-n"]
                        """).move();
        assertTrue(copied.file("Dockerfile").contains("tool.bin /data/"), copied::all);
    }

    @Test
    void readersBehindRedirectionsAreSeen() throws IOException {
        for (String line : List.of(
                "supervisorctl status web 2>/dev/null | awk '{print $2}' | grep -qx RUNNING",
                "supervisorctl status web 2>&1 | grep -c RUNNING",
                "supervisorctl status web 2>/tmp/x |grep web",
                "supervisorctl status &>/tmp/f",
                "supervisorctl status 1>/tmp/f",
                "supervisorctl status >/tmp/f 2>&1",
                "supervisorctl status 2>&1 >> /tmp/f",
                "diff <(supervisorctl status) /tmp/f",
                "while read -r a; do echo $a; done < <(supervisorctl status)",
                "x=$(sudo supervisorctl status web | cut -c1-3)",
                "(supervisorctl status) | wc -l",
                "sh -c 'supervisorctl status' | wc -l",
                "supervisorctl restart $(supervisorctl status | awk '{print $1}')")) {
            MovedBuild build = MovedBuild.script(
                            Files.createTempDirectory(directory, "reader"),
                            "#!/bin/bash\n" + line + "\nexec supervisord -n\n")
                    .move();
            notCarried(build, "start.sh", 2);
            assertTrue(build.file("start.sh").contains(line), build::all);
        }
        for (String probe : List.of(
                "supervisorctl status web 2>/dev/null | awk '{print $2}' | grep -qx RUNNING",
                "supervisorctl status web 2>&1 | grep -c FATAL")) {
            MovedBuild build = MovedBuild.supervisord(
                            Files.createTempDirectory(directory, "probe"),
                            "HEALTHCHECK CMD " + probe + "\nCMD [\"supervisord\", \"-n\"]\n")
                    .move();
            notCarried(build, "Dockerfile", 4);
        }
    }

    @Test
    void callsThatNothingReadsAreStillTranslated() throws IOException {
        for (Map.Entry<String, String> each : Map.of(
                        "supervisorctl status web >/dev/null 2>&1", "pintle status web >/dev/null 2>&1",
                        "supervisorctl status web &>/dev/null || exit 1", "pintle status web &>/dev/null || exit 1",
                        "supervisorctl status web 2>/tmp/errors", "pintle status web 2>/tmp/errors",
                        "supervisorctl status web 2>/dev/null | grep -q RUNNING", "pintle wait --timeout 1s web",
                        "supervisorctl restart web # see supervisorctl docs",
                                "pintle restart web # see supervisorctl docs",
                        "supervisorctl restart `name x` && true", "pintle restart `name x` && true",
                        "if (supervisorctl status web); then true; fi", "if (pintle status web); then true; fi")
                .entrySet()) {
            MovedBuild build = MovedBuild.script(
                            Files.createTempDirectory(directory, "call"),
                            "#!/bin/bash\n" + each.getKey() + "\nexec supervisord -n\n")
                    .move();
            assertEquals("#!/bin/bash\n" + each.getValue() + "\nexec /init\n", build.file("start.sh"), build::all);
            assertTrue(!has(build, "start.sh", 2, "not carried"), build::all);
        }
    }

    @Test
    void signalsToTheFirstProcessAreSeenInEveryLanguage() throws IOException {
        for (Map.Entry<String, String> each : Map.of(
                        "a.py", "import os, signal\nos.kill(1, signal.SIGHUP)\n",
                        "b.py", "import os\nos.kill(1, 12)\n",
                        "c.js", "// x\nprocess.kill(1, 'SIGUSR2');\n",
                        "d.php", "<?php\nposix_kill(1, SIGHUP);\n",
                        "e.pl", "use strict;\nkill \"HUP\", 1;\n",
                        "f.rb", "x = 2\nProcess.kill(\"HUP\", 1)\n",
                        "g.sh", "#!/bin/sh\n/bin/kill -n 1 1\n",
                        "h.sh", "#!/bin/sh\nPID=1; kill -HUP $PID\n",
                        "i.sh", "#!/bin/sh\nkill -HUP \"1\"\n",
                        "j.go", "package main\nfunc f() { syscall.Kill(1, syscall.SIGHUP) }\n")
                .entrySet()) {
            MovedBuild build = MovedBuild.supervisord(
                            Files.createTempDirectory(directory, "signal"),
                            "COPY " + each.getKey() + " /opt/\nCMD [\"supervisord\", \"-n\"]\n")
                    .with(each.getKey(), each.getValue())
                    .move();
            notCarried(build, each.getKey(), 2);
        }
        for (String other : List.of(
                "import os\nos.kill(1, signal.SIGTERM)\n", "import os\nos.kill(pid, 1)\n", "X=1; kill -HUP $Y\n")) {
            MovedBuild build = MovedBuild.supervisord(
                            Files.createTempDirectory(directory, "other"),
                            "COPY a.py /opt/\nCMD [\"supervisord\", \"-n\"]\n")
                    .with("a.py", other)
                    .move();
            assertEquals(List.of(), build.fates("a.py", 2), build::all);
            assertEquals(List.of(), build.fates("a.py", 1), build::all);
        }
    }

    @Test
    void signalToASupervisorInTheBackgroundIsKeptOnlyWhereItStops() throws IOException {
        for (Map.Entry<String, String> each : Map.of(
                        "kill -USR2 $pid", "not carried",
                        "kill -s USR1 \"$pid\"", "not carried",
                        "kill -TERM $pid", "kept",
                        "kill \"$pid\"", "kept")
                .entrySet()) {
            MovedBuild build = MovedBuild.script(
                            Files.createTempDirectory(directory, "background"),
                            "#!/bin/sh\nsupervisord -n & pid=$!\nsleep 9\n" + each.getKey() + "\nwait $pid\n")
                    .move();
            assertTrue(has(build, "start.sh", 4, each.getValue()), () -> each + "\n" + build.all());
        }
    }

    @Test
    void svIsSeenAsAWordOfItsOwn() throws IOException {
        for (Map.Entry<String, String> each : Map.of(
                        "a.sh", "#!/bin/sh\nSV=sv; $SV restart web\n",
                        "b.go", "package main\nvar c = exec.Command(\"sv\", \"restart\", \"web\")\n",
                        "c.json", "{\n\"run\": [\"sv\",\"restart\",\"web\"]}\n",
                        "d.py", "import subprocess\nsubprocess.call([\"sv\", 'restart', \"web\"])\n",
                        "e.js", "// x\nexecFile(\"sv\", [\"restart\", \"web\"])\n",
                        "f.sh", "#!/bin/sh\nfind /etc/service -name run\n",
                        "g.sh", "#!/bin/sh\nls /etc/service | wc -l\n")
                .entrySet()) {
            MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "sv"))
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with(each.getKey(), each.getValue())
                    .with(
                            "Dockerfile",
                            "FROM debian:12\nRUN apt-get install -y runit\nCOPY service /etc/service\nCOPY "
                                    + each.getKey() + " /opt/\nCMD [\"runsvdir\", \"/etc/service\"]\n")
                    .move();
            notCarried(build, each.getKey(), 2);
        }
    }

    @Test
    void processesOfAProgramDoNotAddToEachOthersVariables() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .with("supervisord.conf", """
                        [supervisord]
                        nodaemon=true
                        [program:w]
                        command=w
                        numprocs=3
                        process_name=%(program_name)s_%(process_num)s
                        environment=PATH="/opt/bin:%(ENV_PATH)s"
                        """)
                .with("Dockerfile", "FROM debian:12\nCOPY supervisord.conf /app/supervisord.conf\n" + STARTS)
                .move();
        try (var tree = Files.walk(directory.resolve("out"))) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                assertTrue(!Files.readString(file).contains("/opt/bin:/opt/bin"), file::toString);
            }
        }
        assertEquals(0, build.code(), build::all);
    }

    @Test
    void editsThatFindMakesAreNotCarried() throws IOException {
        MovedBuild build = fresh("find").with("Dockerfile", """
                        FROM debian:12
                        COPY supervisord.conf /etc/supervisor/supervisord.conf
                        RUN find /etc/supervisor -name "*.conf" -exec sed -i s/nginx/apache2/ {} +
                        CMD ["supervisord", "-n"]
                        """).move();
        notCarried(build, "Dockerfile", 3);
    }
}
