package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that start the supervisor, or ask whether they are to. */
class EntrypointTest {

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild entrypoint(String script, String command) {
        return MovedBuild.supervisord(
                        directory, "COPY entrypoint.sh /\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD " + command + "\n")
                .with("entrypoint.sh", script);
    }

    /** Questions that were true, by what they are now. */
    @TestFactory
    List<DynamicTest> whatWasTrueStaysTrue() {
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put("[ \"$1\" = /usr/bin/supervisord ]", "[ \"$1\" = /init ]");
        questions.put("[ \"$*\" = '/usr/bin/supervisord -n' ]", "[ \"$*\" = /init ]");
        questions.put("[ \"$1 $2\" = \"/usr/bin/supervisord -n\" ]", "[ \"$1 $2\" = \"/usr/bin/supervisord -n\" ]");
        questions.put("[ \"${1##*/}\" = supervisord ]", "[ \"${1##*/}\" = init ]");
        questions.put("[ \"`basename $1`\" == 'supervisord' ]", "[ \"`basename $1`\" == init ]");
        questions.put("[[ $1 == *supervisord* ]]", "[[ $1 == /init ]]");
        questions.put("[[ \"$@\" =~ supervisord ]]", "[[ \"$@\" =~ /init ]]");
        questions.put("test /usr/bin/supervisord = \"$1\"", "test /init = \"$1\"");
        // It was false, since CMD has the path.
        questions.put("[ \"$1\" = supervisord ]", "[ \"$1\" = supervisord ]");
        return questions.entrySet().stream()
                .map(question -> DynamicTest.dynamicTest(question.getKey(), () -> {
                    String frame = "#!/bin/bash\nif %s; then\n  migrate\nfi\nexec \"$@\"\n";
                    MovedBuild build = entrypoint(
                                    frame.formatted(question.getKey()), "[\"/usr/bin/supervisord\", \"-n\"]")
                            .move();
                    assertTrue(build.file("Dockerfile").endsWith("ENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"/init\"]\n"));
                    String now = build.file("entrypoint.sh");
                    if (question.getKey().startsWith("[ \"$1 $2\"")) {
                        // Two references: of "/init" and nothing comes "/init ".
                        assertTrue(now.contains("[ \"$1 $2\" = ") || build.all().contains("not carried"), build::all);
                    } else {
                        assertEquals(frame.formatted(question.getValue()), now, build::all);
                    }
                }))
                .toList();
    }

    @Test
    void patternsOfCaseAreAsked() throws IOException {
        MovedBuild build = entrypoint("""
                #!/bin/sh
                case "$1" in
                  bash|sh) exec "$@" ;;
                  supervisord|*/supervisord)
                    migrate
                    ;;
                esac
                exec gosu app "$@"
                """, "[\"supervisord\", \"-n\"]").move();
        assertTrue(build.file("entrypoint.sh").contains("  /init|*/supervisord)\n"), build::all);
        assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
    }

    @Test
    void defaultsAreSet() throws IOException {
        MovedBuild build = entrypoint("""
                #!/bin/sh
                if [ "${1:0:1}" = '-' ]; then set -- supervisord "$@"; fi
                [ $# -gt 0 ] || set -- /usr/bin/supervisord -c /etc/supervisord.conf
                exec ${@}
                """, "[]").move();
        String now = build.file("entrypoint.sh");
        assertTrue(now.contains("set -- /init; fi"), now);
        assertTrue(now.contains("|| set -- /init\n"), now);
        assertTrue(build.fates("entrypoint.sh", 2).toString().contains("approximated"), build::all);
    }

    /** What a script does last becomes init; what goes on beside it does not. */
    @TestFactory
    List<DynamicTest> whatIsLastBecomesInit() {
        Map<String, Boolean> scripts = new LinkedHashMap<>();
        scripts.put("run() {\n  supervisord -n\n}\nprepare\nrun \"$@\"\n", true);
        scripts.put("function run\n{\n  supervisord -n\n}\nrun\n", true);
        scripts.put(
                "main () {\n  prepare\n  if [ -n \"$X\" ]; then\n    web\n  else\n    supervisord -n\n  fi\n}\nmain\nexit 0\n",
                true);
        scripts.put("case $1 in\n  web) web ;;\n  *) supervisord -n ;;\nesac\n", true);
        scripts.put("prepare && supervisord -n\n", true);
        scripts.put("supervisord -n\nexit $?\n", true);
        scripts.put("python3 /usr/local/bin/supervisord -n\n", true);
        scripts.put("run() {\n  supervisord -n\n}\nrun\ncleanup\n", false);
        scripts.put("supervisord -n &\nwait\n", false);
        scripts.put("while true; do\n  supervisord -n\ndone\n", false);
        scripts.put("( supervisord -n )\n", false);
        scripts.put("supervisord -n | tee /log\n", false);
        scripts.put("service supervisor start\ntail -f /dev/null\n", false);
        scripts.put("/etc/init.d/supervisor start\nexec web\n", false);
        return scripts.entrySet().stream()
                .map(script -> DynamicTest.dynamicTest(script.getKey(), () -> {
                    MovedBuild build = MovedBuild.script(directory, "#!/bin/bash\n" + script.getKey())
                            .move();
                    assertEquals(0, build.code(), build::all);
                    String now = build.file("start.sh");
                    assertEquals(script.getValue(), now.contains("exec /init"), () -> now + build.all());
                    assertFalse(now.contains("supervisor"), now);
                    assertEquals(!script.getValue(), build.all().contains("it is not process 1"), build::all);
                }))
                .toList();
    }

    @Test
    void aSmallInitStaysWhereTheScriptDoesNotBecomeInit() throws IOException {
        for (String small : List.of("tini", "/sbin/tini", "dumb-init")) {
            String lines = "COPY start.sh /\nENTRYPOINT [\"" + small + "\", \"--\"]\nCMD [\"/start.sh\"]\n";
            MovedBuild beside = MovedBuild.supervisord(directory, lines)
                    .with("start.sh", "#!/bin/sh\nsupervisord -n &\nwait\n")
                    .move();
            assertTrue(beside.file("Dockerfile").contains("\"" + small + "\""), beside::all);
        }
        MovedBuild becomes = MovedBuild.supervisord(
                        directory, "COPY start.sh /\nENTRYPOINT [\"tini\", \"-g\", \"--\", \"/start.sh\"]\n")
                .with("start.sh", "#!/bin/sh\nexec supervisord -n\n")
                .move();
        assertTrue(becomes.file("Dockerfile").endsWith("ENTRYPOINT [\"/start.sh\"]\n"), becomes::all);
        MovedBuild direct = MovedBuild.supervisord(
                        directory, "ENTRYPOINT [\"tini\", \"--\"]\nCMD [\"supervisord\", \"-n\"]\n")
                .move();
        assertTrue(direct.file("Dockerfile").endsWith("STOPSIGNAL SIGTERM\nCMD [\"/init\"]\n"), direct::all);
    }

    /** Or it would stay process 1 in init's place. */
    @Test
    void aSmallInitGoesWhereTheScriptBecomesTheWordsOfCmd() throws IOException {
        for (String small :
                List.of("\"tini\", \"--\"", "\"/sbin/tini\", \"-g\"", "\"dumb-init\"", "\"catatonit\", \"--\"")) {
            for (String cmd : List.of("[\"supervisord\", \"-n\"]", "supervisord -n")) {
                MovedBuild build = MovedBuild.supervisord(
                                directory,
                                "COPY start.sh /\nENTRYPOINT [" + small + ", \"/start.sh\"]\nCMD " + cmd + "\n")
                        .with("start.sh", "#!/bin/sh\nset -e\nprepare\nexec \"$@\"\n")
                        .move();
                String after = build.file("Dockerfile");
                assertTrue(after.contains("ENTRYPOINT [\"/start.sh\"]\n"), () -> after + build.all());
                assertTrue(after.endsWith("CMD [\"/init\"]\n"), () -> after + build.all());
            }
        }
        MovedBuild stays = MovedBuild.supervisord(
                        directory,
                        "COPY start.sh /\nENTRYPOINT [\"tini\", \"--\", \"/start.sh\"]\nCMD [\"supervisord\", \"-n\"]\n")
                .with("start.sh", "#!/bin/sh\nprepare\nweb\n")
                .move();
        assertTrue(stays.file("Dockerfile").contains("ENTRYPOINT [\"tini\", \"--\", \"/start.sh\"]\n"), stays::all);
    }

    @Test
    void whatIsDoneToTheConfigurationAtStartIsSaid() throws IOException {
        MovedBuild build = MovedBuild.script(directory, """
                #!/bin/sh
                envsubst < /tpl > /etc/supervisord.conf
                sed -i s/a/b/ /etc/supervisord.conf
                echo "[program:x]" >> /etc/supervisor/conf.d/x.conf
                rm -f /var/run/supervisord.pid
                mkdir -p /var/log/supervisor
                echo "starting supervisord"
                exec supervisord -n
                """).move();
        for (int line : List.of(2, 3, 4)) {
            assertTrue(build.fates("start.sh", line).toString().contains("not carried"), () -> line + build.all());
        }
        for (int line : List.of(5, 6, 7)) {
            assertFalse(build.fates("start.sh", line).toString().contains("not carried"), () -> line + build.all());
        }
    }

    private MovedBuild chain(String entrypoint) throws IOException {
        return entrypoint(entrypoint, "[\"worker\"]")
                .with("worker.sh", "#!/bin/sh\nwait-for-db\nsupervisord -n\n")
                .with("Dockerfile", """
                        FROM debian:12
                        RUN apt-get install -y supervisor
                        COPY supervisord.conf /etc/
                        COPY *.sh /
                        ENTRYPOINT ["tini", "--", "/entrypoint.sh"]
                        CMD ["worker"]
                        """)
                .move();
    }

    /** The script that becomes init is process 1 only if the one that runs it makes way. */
    @Test
    void theScriptThatRunsTheScriptMakesWay() throws IOException {
        MovedBuild build = chain("""
                #!/bin/bash
                prepare
                case "$1" in
                  worker)
                    bash /worker.sh
                    ;;
                  *)
                    exec "$@"
                    ;;
                esac
                """);
        assertTrue(build.file("entrypoint.sh").contains("    exec bash /worker.sh\n"), build::all);
        assertEquals("#!/bin/sh\nwait-for-db\nexec /init\n", build.file("worker.sh"));
        assertTrue(build.fates("entrypoint.sh", 5).toString().contains("\"changed\""), build::all);
        assertTrue(build.file("Dockerfile").contains("ENTRYPOINT [\"/entrypoint.sh\"]"), build::all);
    }

    @Test
    void aScriptThatGoesOnBehindItIsSaid() throws IOException {
        for (String call : List.of("/worker.sh\ncleanup\n", "/worker.sh &\nwait\n", "/worker.sh | tee /log\n")) {
            MovedBuild build = chain("#!/bin/sh\nprepare\n" + call);
            assertEquals("#!/bin/sh\nprepare\n" + call, build.file("entrypoint.sh"), build::all);
            assertTrue(build.fates("entrypoint.sh", 3).toString().contains("\"approximated\""), build::all);
            assertTrue(build.file("Dockerfile").contains("ENTRYPOINT [\"tini\", \"--\""), build::all);
        }
    }

    @Test
    void aScriptThatIsReadInNeedsNoExec() throws IOException {
        MovedBuild build = chain("#!/bin/sh\n. /worker.sh\n");
        assertEquals("#!/bin/sh\n. /worker.sh\n", build.file("entrypoint.sh"), build::all);
        assertEquals("#!/bin/sh\nwait-for-db\nexec /init\n", build.file("worker.sh"));
    }

    @Test
    void aFunctionOnOneLineIsFollowed() throws IOException {
        for (String function : List.of(
                "start() { supervisord -n; }",
                "function start { supervisord -n; }",
                "function start() { supervisord -n; }",
                "start() {\n  supervisord -n\n}")) {
            String rest = "\ncase \"$1\" in\n start) setup; start;;\n *) exec \"$@\";;\nesac\n";
            MovedBuild build =
                    entrypoint("#!/bin/bash\n" + function + rest, "[\"start\"]").move();
            assertEquals(
                    "#!/bin/bash\n" + function.replace("supervisord -n", "exec /init") + rest,
                    build.file("entrypoint.sh"),
                    build::all);
        }
    }

    /** No operator may stand behind an ampersand. */
    @Test
    void aDaemonGoesToTheBackgroundWhateverFollows() throws IOException {
        Map<String, String> lines = Map.of(
                "service supervisor start && tail -f /x", "/init & tail -f /x",
                "supervisord; tail -f /x", "/init & tail -f /x",
                "supervisord || exit 1\ntail -f /x", "/init & true || exit 1\ntail -f /x",
                "supervisord\ntail -f /x", "/init &\ntail -f /x",
                "supervisord & wait", "/init & wait");
        for (Map.Entry<String, String> line : lines.entrySet()) {
            MovedBuild build = MovedBuild.script(directory, "#!/bin/sh\n" + line.getKey() + "\n")
                    .with("supervisord.conf", MovedBuild.CONFIGURATION.replace("nodaemon=true", "nodaemon=false"))
                    .move();
            assertEquals("#!/bin/sh\n" + line.getValue() + "\n", build.file("start.sh"), build::all);
            Process parsed = new ProcessBuilder("sh", "-n", directory + "/start.sh").start();
            assertEquals(0, parsed.onExit().join().exitValue(), line.getValue());
        }
    }

    @Test
    void whatElseACommandStringDoesIsLookedAt() throws IOException {
        for (String command : List.of(
                "CMD [\"sh\", \"-c\", \"supervisord -n & supervisorctl start web; wait\"]",
                "CMD [\"sh\", \"-c\", \"supervisord -n & tail -f /var/log/supervisor/supervisord.log\"]",
                "CMD supervisord -n & tail -f /var/log/supervisor/supervisord.log")) {
            MovedBuild build = MovedBuild.supervisord(directory, command + "\n").move();
            assertTrue(build.fates("Dockerfile", 4).toString().contains("\"fate\": \"not carried\""), build::all);
        }
        MovedBuild shell = MovedBuild.supervisord(directory, "CMD supervisord -n & supervisorctl start web; wait\n")
                .move();
        assertTrue(shell.file("Dockerfile").endsWith("CMD /init & pintle start web; wait\n"), shell::all);
        assertFalse(shell.all().contains("\"fate\": \"not carried\""), shell::all);
    }

    @Test
    void aConfigurationForEachRoleIsNotCarried() throws IOException {
        MovedBuild build = MovedBuild.script(directory, """
                        #!/bin/sh
                        case $ROLE in
                         web) exec supervisord -n -c /etc/supervisord.conf;;
                         *) exec supervisord -n -c /etc/worker.conf;;
                        esac
                        """).move();
        assertTrue(build.file("start.sh").contains(" web) exec /init;;\n *) exec supervisord "), build::all);
        assertTrue(build.fates("start.sh", 4).toString().contains("with /etc/worker.conf"), build::all);
    }

    @Test
    void aVariableOfTheScriptNamesTheConfiguration() throws IOException {
        for (String value : List.of("/etc/supervisord.conf", "${CONF:-/etc/supervisord.conf}")) {
            MovedBuild build = MovedBuild.script(
                            directory, "#!/bin/sh\nCONF=" + value + "\nexec supervisord -n -c \"$CONF\"\n")
                    .move();
            assertEquals(0, build.code(), build::all);
            assertEquals("#!/bin/sh\nCONF=" + value + "\nexec /init\n", build.file("start.sh"));
        }
        MovedBuild twice = MovedBuild.script(
                        directory, "#!/bin/sh\nCONF=/a\n[ -e /b ] && CONF=/b\nexec supervisord -n -c $CONF\n")
                .move();
        assertEquals(3, twice.code(), twice::all);
    }

    /** That of s6-overlay is another program, which would lie in the same place. */
    @Test
    void anotherInitIsRefused() throws IOException {
        for (String start : List.of(
                "ENTRYPOINT [\"/init\"]\nCMD [\"supervisord\", \"-n\"]\n", "COPY start.sh /\nCMD [\"/start.sh\"]\n")) {
            MovedBuild build = MovedBuild.supervisord(
                            directory, "RUN tar -C / -xf /tmp/s6-overlay-noarch.tar.xz\n" + start)
                    .with("start.sh", "#!/bin/sh\nexec /init supervisord -n\n")
                    .move();
            assertEquals(3, build.code(), build::all);
            assertTrue(build.all().contains("an /init that is not Pintle's"), build::all);
        }
    }

    /** The CMD has one word now: what asks for the others is said, where the answer has changed. */
    @Test
    void questionsAboutOtherWordsAreSaid() throws IOException {
        for (String question : List.of(
                "[ \"$1\" = supervisord -a \"$2\" = -n ]",
                "[ \"$2\" = \"-n\" ]",
                "[ $# -gt 1 ]",
                "[ \"$#\" -eq 2 ]",
                "[ -n \"$2\" ]",
                "test -z \"$2\"",
                "[[ $2 == -* ]]")) {
            MovedBuild build = entrypoint(
                            "#!/bin/bash\nif " + question + "; then\n  setup\nfi\nexec \"$@\"\n",
                            "[\"supervisord\", \"-n\"]")
                    .move();
            assertTrue(build.fates("entrypoint.sh", 2).toString().contains("\"fate\": \"not carried\""), build::all);
        }
        for (String question : List.of(
                "[ \"$3\" = -n ]", "[ $# -gt 0 ]", "[ -z \"$3\" ]", "[ \"$1\" = bash ]", "[ \"${1#-}\" != \"$1\" ]")) {
            MovedBuild build = entrypoint(
                            "#!/bin/bash\nif " + question + "; then\n  setup\nfi\nexec \"$@\"\n",
                            "[\"supervisord\", \"-n\"]")
                    .move();
            assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
        }
    }
}
