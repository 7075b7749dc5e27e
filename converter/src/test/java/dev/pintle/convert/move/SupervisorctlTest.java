package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of calls of supervisorctl, in each place where a shell gets them. */
class SupervisorctlTest {

    /** Each by itself, as a line of a script. */
    private static final Map<String, String> TRANSLATED = Map.ofEntries(
            Map.entry("supervisorctl start web", "pintle start web"),
            Map.entry("/usr/bin/supervisorctl -c /etc/supervisord.conf stop web", "/usr/bin/pintle stop web"),
            Map.entry("python3 /usr/bin/supervisorctl restart all", "/usr/bin/pintle restart all"),
            Map.entry("$VENV/bin/supervisorctl restart web", "/usr/bin/pintle restart web"),
            Map.entry("kill -HUP $(/usr/local/bin/supervisorctl pid web)", "/usr/bin/pintle signal web HUP"),
            Map.entry("/usr/bin/supervisorctl status web | grep -q RUNNING", "/usr/bin/pintle wait --timeout 1s web"),
            Map.entry("su -c 'supervisorctl start web'", "su -c 'pintle start web'"),
            Map.entry("su app -c 'sudo supervisorctl start web'", "su app -c 'sudo pintle start web'"),
            Map.entry("gosu root:root supervisorctl start web", "gosu root:root pintle start web"),
            Map.entry("gosu app true; supervisorctl start web", "gosu app true; pintle start web"),
            Map.entry("echo \"supervisorctl start web\" | sh", "echo \"pintle start web\" | sh"),
            Map.entry("supervisorctl restart web\r", "pintle restart web\r"),
            Map.entry("sudo supervisorctl restart job:job_01", "sudo pintle restart job_01"),
            Map.entry("supervisorctl restart job:*", "pintle restart @job"),
            Map.entry("supervisorctl stop 'job:*' >/dev/null 2>&1 || true", "pintle stop @job >/dev/null 2>&1 || true"),
            Map.entry("supervisorctl start web:web", "pintle start web"),
            Map.entry("supervisorctl signal HUP web", "pintle signal web HUP"),
            Map.entry("supervisorctl signal SIGUSR1 job:job_00 web", "pintle signal job_00 web USR1"),
            Map.entry("supervisorctl status web", "pintle status web"),
            Map.entry(
                    "if supervisorctl status web >/dev/null; then true; fi",
                    "if pintle status web >/dev/null; then true; fi"),
            Map.entry("supervisorctl status web | grep -q RUNNING", "pintle wait --timeout 1s web"),
            Map.entry(
                    "supervisorctl status web | grep RUNNING > /dev/null && go", "pintle wait --timeout 1s web && go"),
            Map.entry("kill -HUP $(supervisorctl pid web)", "pintle signal web HUP"),
            Map.entry("kill -s USR2 `supervisorctl pid web`", "pintle signal web USR2"),
            Map.entry("kill \"$(supervisorctl pid web)\"", "pintle signal web TERM"),
            Map.entry(
                    "pid=$(supervisorctl pid web)",
                    "pid=$(pintle status web | awk 'NR == 2 { pid = $4 + 0 } END { print pid + 0; exit pid ? 0 : 7 }')"),
            Map.entry("supervisorctl reread && supervisorctl update", "pintle check && pintle reload"),
            Map.entry("supervisorctl shutdown", "pintle shutdown"),
            Map.entry("sh -c 'sleep 5; supervisorctl start web'", "sh -c 'sleep 5; pintle start web'"),
            Map.entry("trap \"supervisorctl stop all\" TERM", "trap \"pintle stop all\" TERM"),
            Map.entry("supervisorctl tail -f web", "pintle logs -f web"),
            Map.entry("supervisorctl \\\n  restart \\\n  web", "pintle restart web"));

    private static final List<String> NOT_CARRIED = List.of(
            "supervisorctl fg web",
            "supervisorctl",
            "supervisorctl start nobody",
            "supervisorctl start job",
            "x=$(supervisorctl status web)",
            "supervisorctl status | grep -c RUNNING",
            "supervisorctl -s http://other:9001 restart web",
            "kill $(supervisorctl pid)",
            "which supervisorctl && true",
            "\"${VENV}\"/bin/supervisorctl restart web",
            "${VENV:-/opt}/bin/supervisorctl restart web",
            "su app -c \"supervisorctl restart web\"",
            "su - -s /bin/sh -c 'cd /; supervisorctl restart web' app",
            "runuser -u app -- supervisorctl restart web",
            "gosu app:app supervisorctl restart web",
            "sudo -E -u app /usr/bin/supervisorctl restart web",
            "exec su-exec \"$WHO\" sh -c 'supervisorctl stop web'",
            "docker exec -u app box supervisorctl restart web",
            "echo '* * * * * www-data supervisorctl restart web' > /etc/cron.d/web",
            "echo \"supervisorctl fg web\" | sh",
            "supervisorctl clear web");

    @TempDir
    private Path directory = Path.of("");

    @TestFactory
    List<DynamicTest> translatesWordForWord() {
        return TRANSLATED.entrySet().stream()
                .map(line -> DynamicTest.dynamicTest(line.getKey(), () -> {
                    MovedBuild build = script(line.getKey()).move();
                    assertEquals(
                            "#!/bin/sh\n" + line.getValue() + "\nexec /init\n", build.file("start.sh"), build::all);
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> saysWhatItCannotTranslate() {
        return NOT_CARRIED.stream()
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    MovedBuild build = script(line).move();
                    assertEquals("#!/bin/sh\n" + line + "\nexec /init\n", build.file("start.sh"), build::all);
                    assertTrue(
                            build.fates("start.sh", 2).stream()
                                    .anyMatch(fate -> fate.contains("\"not carried\"") && fate.contains("pintle")),
                            build::all);
                    assertEquals(1, script(line).arguments("--strict").move().code());
                }))
                .toList();
    }

    private MovedBuild script(String line) {
        return MovedBuild.script(directory, "#!/bin/sh\n" + line + "\nexec supervisord -n\n");
    }

    /** What they do with supervisord is not known; that they were not there any more would be wrong. */
    @Test
    void programsThatAreCalledAfterTheSupervisorAreSaid() throws IOException {
        for (String command : List.of(
                "python3 /app/stop_supervisord.py job",
                "/usr/local/bin/supervisord_exporter --port 9",
                "/opt/supervisord-watchdog.sh",
                "bash -c \"/opt/kill_supervisor.sh; sleep 9\"",
                "supervisor-stdout")) {
            MovedBuild build = new MovedBuild(directory)
                    .with("supervisord.conf", "[supervisord]\nnodaemon=true\n[program:a]\ncommand=" + command + "\n")
                    .with(
                            "Dockerfile",
                            "FROM debian:12\nCOPY supervisord.conf /etc/supervisord.conf\n" + MovedBuild.START)
                    .move();
            assertTrue(build.has("supervisord.conf", 4, "approximated"), () -> command + build.all());
            assertTrue(!build.all().contains("any more"), () -> command + build.all());
        }
        for (String command : List.of(
                "python3 /var/www/supervisor/app.py", "node /app/my-supervisord/index.js", "worker --name=visor")) {
            MovedBuild build = new MovedBuild(directory)
                    .with("supervisord.conf", "[supervisord]\nnodaemon=true\n[program:a]\ncommand=" + command + "\n")
                    .with(
                            "Dockerfile",
                            "FROM debian:12\nCOPY supervisord.conf /etc/supervisord.conf\n" + MovedBuild.START)
                    .move();
            assertTrue(build.has("supervisord.conf", 4, "kept"), () -> command + build.all());
        }
    }

    @Test
    void translatesInEveryPlaceThatAShellReads() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                COPY files/ /
                RUN <<EOF
                echo '0 * * * * root supervisorctl restart web' > /etc/cron.d/web
                EOF
                RUN printf 'supervisorctl restart web\\n' > /usr/local/bin/again && chmod +x /usr/local/bin/again
                HEALTHCHECK --interval=5s CMD curl -f localhost && supervisorctl status web
                ONBUILD RUN ["supervisorctl", "stop", "web"]
                CMD ["supervisord", "-n"]
                """)
                .with(
                        "files/etc/cron.d/jobs",
                        "MAILTO=root\n@daily root /usr/bin/supervisorctl restart job:* >/dev/null\n")
                .with(
                        "files/etc/logrotate.d/web",
                        "/var/log/web.log {\n postrotate\n  supervisorctl signal USR1 web\n endscript\n}\n")
                .with("files/usr/local/bin/deploy", "#!/usr/bin/env bash\nsupervisorctl restart web\n")
                .with("files/app/tool.py", "import os\nos.system('supervisorctl restart web')\n")
                .move();
        assertEquals(
                "MAILTO=root\n@daily root /usr/bin/pintle restart @job >/dev/null\n",
                build.file("files/etc/cron.d/jobs"));
        assertTrue(build.file("files/etc/logrotate.d/web").contains("  pintle signal web USR1\n"), build::all);
        assertTrue(build.file("files/usr/local/bin/deploy").contains("\npintle restart web\n"), build::all);
        String dockerfile = build.file("Dockerfile");
        assertTrue(dockerfile.contains("root pintle restart web' > /etc/cron.d/web"), dockerfile);
        assertTrue(dockerfile.contains("printf 'pintle restart web\\n'"), dockerfile);
        assertTrue(dockerfile.contains("CMD curl -f localhost && pintle status web"), dockerfile);
        assertTrue(dockerfile.contains("ONBUILD RUN [\"pintle\", \"stop\", \"web\"]"), dockerfile);
        // A program that is no shell is not edited.
        assertTrue(build.fates("files/app/tool.py", 2).toString().contains("not carried"), build::all);
    }

    @Test
    void aPathStaysAPath() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                RUN echo "app ALL=NOPASSWD: /usr/bin/supervisorctl restart web" >> /etc/sudoers
                RUN cat > /etc/sudoers.d/app <<EOF
                app ALL=(root) NOPASSWD: /usr/bin/supervisorctl stop web, /usr/bin/supervisorctl start job:*
                bob ALL=(root) /usr/bin/supervisorctl
                EOF
                RUN echo 'command="/usr/bin/supervisorctl restart web" ssh-ed25519 AAAA' > /root/.ssh/authorized_keys
                RUN printf 'PATH=/bin\\n* * * * * root /usr/bin/supervisorctl restart web\\n' > /etc/cron.d/web
                HEALTHCHECK CMD ["/usr/bin/supervisorctl", "status", "web"]
                CMD ["supervisord", "-n"]
                """)
                .with("compose.yaml", "services:\n  a:\n    command: [/usr/bin/supervisorctl, stop, web]\n")
                .arguments("--strict")
                .move();
        assertEquals(0, build.code(), build::all);
        String after = build.file("Dockerfile");
        for (String line : List.of(
                "NOPASSWD: /usr/bin/pintle restart web\" >>",
                "NOPASSWD: /usr/bin/pintle stop web, /usr/bin/pintle start @job\n",
                "bob ALL=(root) /usr/bin/pintle\n",
                "command=\"/usr/bin/pintle restart web\" ssh",
                "root /usr/bin/pintle restart web\\n'",
                "HEALTHCHECK CMD [\"/usr/bin/pintle\", \"status\", \"web\"]\n")) {
            assertTrue(after.contains(line), line + "\n" + after);
        }
        assertTrue(build.file("compose.yaml").contains("[\"/usr/bin/pintle\", \"stop\", \"web\"]"), build::all);
    }

    @Test
    void messagesAreKeptUnlessTheirWordsChange() throws IOException {
        MovedBuild build = MovedBuild.script(directory, """
                #!/bin/sh
                echo "run supervisorctl status to see"
                echo "I am $SUPERVISOR_PROCESS_NAME"
                exec supervisord -n
                """).move();
        assertEquals(1, build.fates("start.sh", 2).size(), build::all);
        assertTrue(build.fates("start.sh", 2).get(0).contains("\"kept\""), build::all);
        assertTrue(build.fates("start.sh", 3).toString().contains("\"not carried\""), build::all);
        assertFalse(build.fates("start.sh", 3).toString().contains("\"kept\""), build::all);
    }

    @Test
    void healthChecksKeepWhatTheyAsk() throws IOException {
        Map<String, String> checks = Map.of(
                "CMD supervisorctl status", "CMD [\"pintle\", \"health\"]",
                "CMD [\"supervisorctl\", \"status\", \"web\"]", "CMD [\"pintle\", \"status\", \"web\"]",
                "CMD supervisorctl status web | grep -q RUNNING || exit 1",
                        "CMD pintle wait --timeout 1s web || exit 1",
                "CMD supervisorctl status | grep -v RUNNING && exit 1 || exit 0", "CMD [\"pintle\", \"health\"]");
        for (Map.Entry<String, String> check : checks.entrySet()) {
            MovedBuild build = MovedBuild.supervisord(
                            directory, "HEALTHCHECK " + check.getKey() + "\nCMD [\"supervisord\", \"-n\"]\n")
                    .move();
            assertTrue(build.file("Dockerfile").contains("HEALTHCHECK " + check.getValue() + "\n"), build::all);
        }
    }
}
