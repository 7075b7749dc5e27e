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

/** What Compose and Kubernetes have an image start, in each form that YAML has for a command. */
class DeploymentTest {

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild with(String yaml) throws IOException {
        return MovedBuild.supervisord(directory, "CMD [\"supervisord\", \"-n\", \"-c\", \"/etc/supervisord.conf\"]\n")
                .with("compose.yaml", yaml)
                .move();
    }

    @Test
    void everyFormOfACommandIsRead() throws IOException {
        for (String command : List.of(
                "command: supervisord",
                "command: \"supervisord -n\"  # all",
                "command: [supervisord, -n]",
                "command: [\n      \"/usr/bin/supervisord\",\n      \"-n\",\n    ]",
                "command:\n      - supervisord\n      - -c\n      - /etc/supervisord.conf",
                "command:\n    # all of them\n    - 'supervisord'",
                "command: >\n      supervisord\n      -n\n",
                "command: |-\n      exec supervisord -n",
                "command: sh -c \"supervisord -n\"",
                "command: [\"/bin/bash\", \"-c\", \"exec supervisord -n\"]",
                "\"command\":\n    - bash\n    - -c\n    - supervisord -n")) {
            MovedBuild build = with("services:\n  app:\n    " + command + "\n    image: app\n");
            String expected = "services:\n  app:\n    " + (command.startsWith("\"") ? "\"command\"" : "command")
                    + ": [\"/init\"]" + (command.contains("#") && command.contains("\"s") ? "  # all" : "")
                    + (command.endsWith("-n\n") ? "\n" : "") + "\n    image: app\n";
            assertEquals(expected, build.file("compose.yaml"), build::all);
            assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
        }
    }

    @Test
    void anInitThatTheEnginePutsBeforeItGoes() throws IOException {
        for (String file : List.of("Makefile", "run.sh", "README.md", "ci.yml", "start/go.sh")) {
            for (String[] each : new String[][] {
                {"docker run --rm --init -p 80:80 me/app:1", "docker run --rm -p 80:80 me/app:1", "changed"},
                {
                    "podman container run -d \\\n\t  --init=true \\\n\t  app",
                    "podman container run -d \\\n\t  \\\n\t  app",
                    "changed"
                },
                {"$(DOCKER) run --init -it $(IMAGE)", "$(DOCKER) run --init -it $(IMAGE)", "approximated"},
                {"docker create --init unknown", "docker create --init unknown", "approximated"},
                {"docker run --init redis:7", "docker run --init redis:7", ""},
                {"docker run app --init", "docker run app --init", ""},
                {
                    "docker run --name app --init -e \"A=b c\" other/app",
                    "docker run --name app -e \"A=b c\" other/app",
                    "changed"
                },
                {"docker run app sh -c 'x --initial'", "docker run app sh -c 'x --initial'", ""}
            }) {
                String text = "all:\n\tdocker build -t me/app .\n\t%s\n";
                MovedBuild build = MovedBuild.supervisord(
                                Files.createTempDirectory(directory, "engine"), MovedBuild.START)
                        .with("build.mk", "image:\n\tdocker build -t me/app .\n")
                        .with(file, text.formatted(each[0]))
                        .move();
                assertEquals(text.formatted(each[1]), build.file(file), () -> file + build.all());
                boolean said = build.has(file, 3, each[2]) || build.has(file, 4, each[2]);
                assertEquals(!each[2].isEmpty(), said, () -> file + each[0] + build.all());
            }
        }
        MovedBuild task = MovedBuild.supervisord(Files.createTempDirectory(directory, "task"), MovedBuild.START)
                .with("task.json", "{\n\"linuxParameters\": {\"initProcessEnabled\": true}}\n")
                .move();
        assertTrue(task.has("task.json", 2, "approximated"), task::all);
    }

    @Test
    void anotherFirstProcessIsSaid() throws IOException {
        for (String line : List.of(
                "services: {a: {pid: host}}",
                "containers: []\nshareProcessNamespace: true",
                "containers: []\n\"hostPID\": true",
                "services: {a: {pid: \"service:b\"}}")) {
            MovedBuild build = MovedBuild.supervisord(Files.createTempDirectory(directory, "shared"), MovedBuild.START)
                    .with("deploy.yml", line + "\n")
                    .move();
            assertTrue(
                    build.has("deploy.yml", 1, "approximated") || build.has("deploy.yml", 2, "approximated"),
                    build::all);
        }
    }

    @Test
    void signalsThatTheEngineSendsAreSaid() throws IOException {
        String compose = "services:\n  web:\n    build: .\n  db:\n    image: postgres:16\n";
        for (String[] each : new String[][] {
            {"docker kill -s HUP web", "not carried"},
            {"docker kill --signal=SIGUSR2 p_web_1", "not carried"},
            {"docker compose kill -s SIGHUP web", "not carried"},
            {"docker-compose kill --signal HUP unknown", "not carried"},
            {"docker kill -s HUP db", ""},
            {"docker kill -s TERM web", ""},
            {"docker kill web", ""}
        }) {
            MovedBuild build = MovedBuild.supervisord(Files.createTempDirectory(directory, "kill"), MovedBuild.START)
                    .with("compose.yaml", compose)
                    .with("reload.sh", "#!/bin/sh\n" + each[0] + "\n")
                    .move();
            assertEquals(!each[1].isEmpty(), build.has("reload.sh", 2, each[1]), () -> each[0] + build.all());
        }
    }

    @Test
    void whatDoesMoreIsNotCarried() throws IOException {
        for (String command : List.of(
                "command: sh -c \"migrate && supervisord -n\"",
                "command: [sh, -c, 'supervisord -n | tee log']",
                "command: [sh, -c, supervisord && tail -f log]",
                "command: >\n      sh -c \"sleep 1; supervisord\"",
                "command:\n      - nice\n      - -n\n      - '5'\n      - supervisord",
                "entrypoint:\n      - /entrypoint.sh\n      - supervisord")) {
            String yaml = "services:\n  app:\n    " + command + "\n";
            MovedBuild build = with(yaml);
            assertEquals(yaml, build.file("compose.yaml"), build::all);
            assertTrue(build.all().contains("\"fate\": \"not carried\""), build::all);
        }
    }

    @Test
    void anotherConfigurationIsNotCarried() throws IOException {
        String yaml = """
                services:
                  web:
                    command: supervisord -n -c /etc/supervisord.conf
                  worker:
                    command: [supervisord, -c, /etc/worker.conf]
                  late:
                    command:
                    - supervisord
                    - --configuration=/etc/late.conf
                """;
        MovedBuild build = with(yaml);
        assertEquals(
                yaml.replace("command: supervisord -n -c /etc/supervisord.conf", "command: [\"/init\"]"),
                build.file("compose.yaml"),
                build::all);
        assertTrue(build.fates("compose.yaml", 5).toString().contains("with /etc/worker.conf"), build::all);
        assertTrue(build.fates("compose.yaml", 8).toString().contains("with /etc/late.conf"), build::all);
    }

    @Test
    void argumentsOfTheSupervisorGoWithIt() throws IOException {
        MovedBuild build = with("""
                containers:
                - name: a
                  command: ["/usr/bin/supervisord"]
                  args: ["-n", "-c", "/etc/supervisord.conf"]
                - name: b
                  args:
                  - -n
                  command:
                  - supervisord
                - name: c
                  args: [-x]
                - command: [other]
                  args: [-n]
                """);
        assertEquals("""
                containers:
                - name: a
                  command: ["/init"]
                  args: []
                - name: b
                  args: []
                  command: ["/init"]
                - name: c
                  args: [-x]
                - command: [other]
                  args: [-n]
                """, build.file("compose.yaml"), build::all);
    }

    @Test
    void callsInListsAreTranslated() throws IOException {
        MovedBuild build = with("""
                a:
                  livenessProbe: {exec: {command: [supervisorctl, status, web]}}
                  healthcheck:
                    test: ["CMD", "supervisorctl", "status", "web"]
                b:
                  preStop:
                    exec:
                      command:
                      - /usr/bin/supervisorctl
                      - -c
                      - /etc/supervisord.conf
                      - stop
                      - job:*
                c:
                  command: [supervisorctl]
                """);
        String after = build.file("compose.yaml");
        assertTrue(after.contains("    test: [\"CMD\", \"pintle\", \"status\", \"web\"]\n"), after);
        assertTrue(after.contains("      command: [\"/usr/bin/pintle\", \"stop\", \"@job\"]\n"), after);
        assertTrue(after.contains("{exec: {command: [\"pintle\", \"status\", \"web\"]}}"), after);
        assertTrue(build.fates("compose.yaml", 15).toString().contains("not carried"), build::all);
    }

    @Test
    void whatIsMountedOverTheConfigurationIsSaid() throws IOException {
        MovedBuild build = with("""
                volumes:
                  - ./supervisord.conf:/etc/supervisord.conf:ro
                  # - ./old.conf:/etc/supervisor/conf.d/old.conf
                  - data:/data
                  - type: bind
                    target: /etc/supervisor/conf.d
                """);
        for (int line : List.of(2, 6)) {
            List<String> fates = build.fates("compose.yaml", line).stream()
                    .filter(fate -> fate.contains("\"fate\""))
                    .toList();
            assertEquals(1, fates.size(), build::all);
            assertTrue(fates.get(0).contains("what is put there has no effect"), build::all);
        }
        assertEquals(List.of(), build.fates("compose.yaml", 3));
    }

    @Test
    void filesOfOtherToolsAreLookedAt() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "CMD [\"supervisord\", \"-n\"]\n")
                .with(
                        "Makefile",
                        "up:\n\tdocker build -t app .\n\tdocker run --name app app\n\tdocker exec app supervisorctl restart web\n")
                .with("ci/Jenkinsfile", "sh 'docker exec app supervisorctl status web'\n")
                .with("Procfile", "web: supervisord -n\n")
                .with(".gitlab-ci.yml", "test:\n  script:\n    - supervisorctl stop job:*\n")
                .move();
        assertTrue(build.file("Makefile").endsWith("\tdocker exec app pintle restart web\n"), build::all);
        assertEquals("sh 'docker exec app pintle status web'\n", build.file("ci/Jenkinsfile"));
        assertTrue(build.file(".gitlab-ci.yml").endsWith("- pintle stop @job\n"), build::all);
        assertTrue(build.fates("Procfile", 1).toString().contains("\"fate\": \"not carried\""), build::all);
    }

    @Test
    void theStageThatAnImageIsHasToBeMoved() throws IOException {
        String yaml = """
                services:
                  moved:
                    build:
                      context: .
                      target: FINAL
                    command: supervisord -n
                    volumes:
                      - type: bind
                        source: ./x
                        target: tools
                  tools:
                    build:
                      target: tools
                      context: .
                    command: [supervisord]
                  unknown:
                    command: supervisord
                    build:
                      context: .
                      target: ${STAGE}
                """;
        MovedBuild build = new MovedBuild(directory)
                .with("supervisord.conf", MovedBuild.CONFIGURATION)
                .with("Dockerfile", """
                        FROM debian:12 AS tools
                        RUN true
                        FROM debian:12 AS final
                        RUN apt-get install -y supervisor
                        COPY supervisord.conf /etc/supervisord.conf
                        CMD ["supervisord", "-n"]
                        """)
                .with("compose.yaml", yaml)
                .move();
        assertEquals(
                yaml.replace("command: supervisord -n", "command: [\"/init\"]"),
                build.file("compose.yaml"),
                build::all);
        assertTrue(build.fates("compose.yaml", 15).toString().contains("its image is the stage tools"), build::all);
        assertTrue(build.fates("compose.yaml", 17).toString().contains("its image is the stage ${STAGE}"), build::all);
    }

    @Test
    void anotherImagesCommandStays() throws IOException {
        String other = """
                services:
                  a:
                    build: ./other
                    command: supervisord -n
                    healthcheck:
                      test: supervisorctl status web
                    volumes:
                      - ./other.conf:/etc/supervisord.conf
                  b:
                    command: [supervisord]
                    build:
                      dockerfile: Dockerfile
                      context: ../b
                """;
        String ours = """
                  c:
                    build:
                      context: .
                    command: [supervisord]
                  d:
                    build: ${HERE}
                    command: supervisord
                """;
        MovedBuild build = with(other + ours);
        String after = build.file("compose.yaml");
        assertTrue(after.startsWith(other), after);
        assertEquals(2, after.split("command: \\[\"/init\"\\]", -1).length - 1, after);
        assertTrue(build.fates("compose.yaml", 3).toString().contains("built from ./other"), build::all);
        assertFalse(build.all().contains("\"fate\": \"not carried\""), build::all);
    }

    /** Services write their log files there, as before; the page said that nothing reads what is put there. */
    @Test
    void aPlaceForLogFilesIsNoConfiguration() throws IOException {
        MovedBuild build = with("""
                services:
                  web:
                    build: .
                    volumes:
                      - logs:/var/log/supervisor
                      - ./supervisor:/var/log/supervisor/
                      - ./conf.d:/etc/supervisor/conf.d
                """);
        assertTrue(build.has("compose.yaml", 5, "changed"), build::all);
        assertTrue(build.has("compose.yaml", 6, "changed"), build::all);
        build.notCarried("compose.yaml", 7);
    }

    /** At HUP runsvdir stopped, and init reads its layout again: the engine would kill the container in the end. */
    @Test
    void anotherStopSignalIsReplaced() throws IOException {
        String other = """
                  cache:
                    image: redis:7
                    stop_signal: SIGHUP
                  quit:
                    build: .
                    stop_signal: SIGQUIT
                """;
        MovedBuild build = with("services:\n  web:\n    build: .\n    stop_signal: 'SIGHUP' # runit\n" + other);
        assertEquals(
                "services:\n  web:\n    build: .\n    stop_signal: SIGTERM # runit\n" + other,
                build.file("compose.yaml"),
                build::all);
        assertTrue(build.has("compose.yaml", 4, "changed"), build::all);
        MovedBuild unknown = with("services:\n  web:\n    image: ${IMAGE}\n    stop_signal: SIGUSR1\n");
        unknown.notCarried("compose.yaml", 4);
    }

    @Test
    void stopSignalsOfTheEngineAreNotCarried() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, MovedBuild.START)
                .with("run.sh", """
                        docker build -t my/web .
                        docker run -d --stop-signal=SIGHUP my/web
                        docker run -d --stop-signal SIGTERM my/web
                        docker run -d --stop-signal HUP redis
                        docker stop --signal HUP web
                        """)
                .move();
        build.notCarried("run.sh", 2);
        build.notCarried("run.sh", 5);
        assertFalse(build.has("run.sh", 3, "not carried"), build::all);
        assertFalse(build.has("run.sh", 4, "not carried"), build::all);
    }
}
