package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of builds that once came out broken in silence. What docs/converting.md promises of a move is tested here. */
class MoveKindsTest {

    private static final String START = "CMD [\"supervisord\", \"-n\"]\n";

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild dockerfile(String text) {
        return new MovedBuild(directory)
                .with("supervisord.conf", MovedBuild.CONFIGURATION)
                .with("Dockerfile", text);
    }

    private static void notCarried(MovedBuild build, String file, int line) {
        assertTrue(
                build.fates(file, line).stream().anyMatch(fate -> fate.contains("\"fate\": \"not carried\"")),
                () -> file + ":" + line + "\n" + build.all());
    }

    @Test
    void onlyCommandsOnCopiedFilesGo() throws IOException {
        MovedBuild build =
                dockerfile("""
                FROM debian:12
                RUN mkdir /conf
                COPY supervisord.conf /conf
                COPY supervisord.conf helper.sh /etc/supervisor/
                RUN chmod 644 /conf/supervisord.conf && chmod 755 /conf/other /etc/supervisor/helper.sh
                RUN chown root /etc/passwd /etc/supervisor/supervisord.conf
                RUN ls /etc/supervisor/missing /conf
                CMD ["supervisord", "-n", "-c", "/conf/supervisord.conf"]
                """).with("helper.sh", "#!/bin/sh\ntrue\n").move();
        String after = build.file("Dockerfile");
        assertTrue(after.contains("RUN chmod 755 /conf/other /etc/supervisor/helper.sh\n"), after);
        assertTrue(after.contains("RUN chown root /etc/passwd\n"), after);
        assertTrue(after.contains("COPY helper.sh /etc/supervisor/\n"), after);
        assertTrue(after.contains("ls /etc/supervisor/missing /conf"), after);
    }

    @Test
    void whatABaseBringsIsSaid() throws IOException {
        record Said(String base, String fate, String text) {}
        for (Said said : List.of(
                new Said("php:8.3-apache-bookworm", "kept", "docker-php-entrypoint"),
                new Said("docker.io/library/wordpress:6-fpm", "kept", "ENTRYPOINT docker-entrypoint.sh"),
                new Said("haproxy:2.9", "kept", "docker-entrypoint.sh"),
                new Said("lscr.io/linuxserver/nginx", "not carried", "s6-overlay"),
                new Said("serversideup/php:8.3-fpm-nginx", "not carried", "s6-overlay"),
                new Said("phusion/passenger-ruby33", "kept", "which this image does not start, as before"),
                new Said("webdevops/php-nginx:8.2", "not carried", "supervisord"),
                new Said("example.com/team/app:1", "kept", "is not known here"))) {
            MovedBuild build = dockerfile("FROM " + said.base()
                            + "\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\n" + START)
                    .move();
            String fates = build.fates("Dockerfile", 1).toString();
            assertTrue(fates.contains("\"fate\": \"" + said.fate() + "\"") && fates.contains(said.text()), fates);
            assertTrue(build.file("Dockerfile").endsWith("STOPSIGNAL SIGTERM\nCMD [\"/init\"]\n"), build::all);
        }
        MovedBuild brought = dockerfile("FROM example.com/team/app:1\nCOPY supervisord.conf /etc/\n" + START)
                .move();
        notCarried(brought, "Dockerfile", 1);
        MovedBuild plain = dockerfile("ARG BASE=ubuntu:24.04\nFROM $BASE\nCOPY supervisord.conf /etc/\n" + START)
                .move();
        assertEquals(List.of(), plain.fates("Dockerfile", 2), plain::all);
    }

    @Test
    void stagesOnAnEditedOneAreEditedOrSaidToBeBroken() throws IOException {
        MovedBuild build = dockerfile("""
                FROM alpine AS base
                RUN apk add supervisor
                FROM base AS worker
                COPY supervisord.conf /etc/supervisord.conf
                ENTRYPOINT ["supervisord", "-n"]
                FROM base AS shell
                CMD ["sh"]
                FROM base AS broken
                COPY other.conf /etc/supervisord.conf
                CMD ["supervisord", "-n"]
                FROM base AS web
                COPY supervisord.conf /etc/supervisord.conf
                CMD ["supervisord", "-n"]
                """)
                .with("other.conf", "[supervisord]\n[program:x]\ncommand=x\n")
                .move();
        String after = build.file("Dockerfile");
        assertTrue(after.contains("ENTRYPOINT [\"/init\"]\nFROM base AS shell\nCMD [\"sh\"]\n"), after);
        assertTrue(
                after.endsWith("COPY out/ /\nRUN [\"pintle\", \"check\"]\nSTOPSIGNAL SIGTERM\nCMD [\"/init\"]\n"),
                after);
        notCarried(build, "Dockerfile", 8);
    }

    @Test
    void filesAreFollowedThroughStagesCommandsAndOnBuild() throws IOException {
        MovedBuild build = dockerfile("""
                ARG FINAL=last
                FROM debian AS files
                COPY . /src
                FROM debian AS last
                RUN apt-get install -y supervisor
                COPY --from=files /src/deploy /opt/deploy
                RUN cp /opt/deploy/my.conf /etc/supervisor/conf.d/ && chmod +x /opt/deploy/x.sh
                ONBUILD HEALTHCHECK CMD supervisorctl status
                ONBUILD ENTRYPOINT ["/usr/bin/supervisord", "-n"]
                FROM ${FINAL}
                """)
                .with("deploy/my.conf", "[program:web]\ncommand=web\n")
                .with("deploy/x.sh", "#!/bin/sh\nsupervisorctl restart web\n")
                .move();
        assertEquals(0, build.code(), build::all);
        String after = build.file("Dockerfile");
        assertTrue(
                after.contains("ONBUILD HEALTHCHECK CMD [\"pintle\", \"health\"]\nONBUILD ENTRYPOINT [\"/init\"]\n"),
                after);
        assertTrue(after.contains("RUN chmod +x /opt/deploy/x.sh\n"), after);
        assertEquals("#!/bin/sh\npintle restart web\n", build.file("deploy/x.sh"));
    }

    @Test
    void manifestsLoseThePackageAndLocksAreSaid() throws IOException {
        MovedBuild build = dockerfile("""
                FROM python:3.12
                COPY . /app
                RUN pip install poetry && poetry install && sh /app/install.sh
                COPY supervisord.conf /etc/
                """ + START)
                .with("pyproject.toml", "[project]\ndependencies = [\n  \"flask\",\n  \"supervisor>=4.2\",\n]\n")
                .with("poetry.lock", "name = \"supervisor\"\n")
                .with("Pipfile", "[packages]\nsupervisor = \"*\"\nflask = \"*\"\n")
                .with("sub/pyproject.toml", "[project]\ndependencies = [\"supervisor\", \"flask\"]\n")
                .with("install.sh", "apt-get update\napt-get install -y supervisor nginx\n")
                .move();
        assertEquals("[project]\ndependencies = [\n  \"flask\",\n]\n", build.file("pyproject.toml"));
        assertEquals("[packages]\nflask = \"*\"\n", build.file("Pipfile"));
        assertEquals("[project]\ndependencies = [\"flask\"]\n", build.file("sub/pyproject.toml"));
        assertEquals("apt-get update\napt-get install -y nginx\n", build.file("install.sh"));
        assertTrue(build.all().contains("make it anew: poetry lock"), build::all);
    }

    @Test
    void whatNeedsThePackageIsSaid() throws IOException {
        MovedBuild build = dockerfile("""
                FROM debian:12
                RUN apt-get install -y supervisor
                RUN echo_supervisord_conf > /etc/supervisord.conf
                RUN supervisord --version && ln -s /usr/bin/supervisorctl /usr/bin/ctl
                RUN mkdir -p /var/log/supervisor && rm -rf /etc/supervisor && echo "supervisord is in"
                ENV SUPERVISOR_SERVER_URL=unix:///tmp/s.sock
                LABEL about="runs supervisord"
                VOLUME /var/log/supervisor
                COPY supervisord.conf /etc/
                """ + START).move();
        for (int line : List.of(3, 4, 6)) {
            notCarried(build, "Dockerfile", line);
        }
        for (int line : List.of(5, 7, 8)) {
            assertFalse(build.fates("Dockerfile", line).toString().contains("not carried"), build::all);
        }
    }

    @Test
    void everyFileThatTheImageGetsIsLookedAt() throws IOException {
        MovedBuild build = dockerfile(
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY . /app\nCOPY supervisord.conf /etc/\n"
                                + START)
                .with(".dockerignore", "left-out\n")
                .with("left-out/a.sh", "supervisorctl fg web\n")
                .with("app.py", "x = 1\nfrom supervisor.xmlrpc import SupervisorTransport\n")
                .with("nginx.conf", "# supervisord\nserver unix:/var/run/supervisor.sock;\n")
                .with("README.md", "Run supervisord.\n")
                .with("sudoers", "www ALL=NOPASSWD: /usr/bin/supervisorctl restart web\n")
                .with("other.conf", "[program:x]\ncommand=x\n")
                .with("run.sh", "#!/bin/sh\nkill $(cat /var/run/supervisord.pid)\n")
                .move();
        notCarried(build, "app.py", 2);
        notCarried(build, "nginx.conf", 2);
        notCarried(build, "sudoers", 1);
        notCarried(build, "other.conf", 1);
        notCarried(build, "run.sh", 2);
        assertFalse(build.all().contains("left-out"), build::all);
        assertTrue(build.fates("README.md", 1).toString().contains("\"kept\""), build::all);
    }

    @Test
    void whatDeploysTheImageIsLookedAt() throws IOException {
        MovedBuild build = dockerfile(
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\n" + START)
                .with("compose.yaml", """
                        services:
                          app:
                            command: ["supervisord", "-n"]
                            entrypoint: /usr/bin/supervisord -c /etc/supervisord.conf
                            volumes:
                              - ./supervisord.conf:/etc/supervisord.conf
                            healthcheck:
                              test: supervisorctl status web
                        """)
                .with("k8s/app.yaml", "kind: Pod\ncontainers:\n- command: [/bin/sh, -c, 'supervisord -n']\n")
                .with(".github/workflows/ci.yml", "run: docker exec app supervisorctl restart web\n")
                .move();
        String compose = build.file("compose.yaml");
        assertTrue(compose.contains("command: [\"/init\"]\n    entrypoint: [\"/init\"]\n"), compose);
        assertTrue(compose.contains("test: pintle status web"), compose);
        notCarried(build, "compose.yaml", 6);
        assertEquals("kind: Pod\ncontainers:\n- command: [\"/init\"]\n", build.file("k8s/app.yaml"), build::all);
        assertEquals("run: docker exec app pintle restart web\n", build.file(".github/workflows/ci.yml"));
    }

    @Test
    void phusionsMainCommandIsInits() throws IOException {
        String frame = "FROM phusion/baseimage\nCOPY service /etc/service\nRUN chmod +x /etc/service/*/run\n";
        for (List<String> lines : List.of(
                List.of(
                        "CMD [\"/sbin/my_init\", \"--quiet\", \"--\", \"app\", \"-x\"]\n",
                        "CMD [\"/init\", \"app\", \"-x\"]\n"),
                List.of(
                        "ENTRYPOINT [\"/sbin/my_init\", \"--\"]\nCMD [\"app\"]\n",
                        "ENTRYPOINT [\"/init\"]\nCMD [\"app\"]\n"))) {
            MovedBuild build = new MovedBuild(directory)
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with("Dockerfile", frame + lines.get(0))
                    .move();
            assertTrue(build.file("Dockerfile").endsWith(lines.get(1)), build::all);
        }
    }

    @Test
    void switchesOfRunitAreSaid() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("start", """
                        #!/bin/sh
                        [ -n "$OFF" ] && touch /etc/service/web/down
                        rm -f /etc/service/sshd/down
                        sv -w 5 restart web
                        sv stop /etc/service/*
                        chpst -u app prepare
                        exec runsvdir -P /etc/service
                        """)
                .with(
                        "Dockerfile",
                        "FROM alpine\nRUN apk add runit\nCOPY service /etc/service\nCOPY start /start\nCMD /start\n")
                .move();
        notCarried(build, "start", 2);
        notCarried(build, "start", 3);
        String start = build.file("start");
        assertTrue(start.contains("/usr/lib/pintle/compat/runit/sv -w 5 restart web\npintle stop all\n"), start);
        assertTrue(start.contains("/usr/lib/pintle/compat/runit/chpst -u app prepare\nexec /init\n"), start);
        assertTrue(build.file("Dockerfile").endsWith("CMD exec /start\n"), build::all);
    }

    @Test
    void pidproxyHasACounterpart() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY mysql.sh /\n" + START)
                .with("mysql.sh", "#!/bin/sh\nexec /usr/bin/pidproxy /run/my.pid mysqld_safe --user=mysql\n")
                .move();
        assertEquals(
                "#!/bin/sh\nexec /usr/bin/pintle-pidproxy /run/my.pid mysqld_safe --user=mysql\n",
                build.file("mysql.sh"));
    }

    @Test
    void thePasswordIsTheUsersThatInitRunsAs() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "ARG WHO=app\nUSER $WHO\n" + START)
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION + "[inet_http_server]\nport=:9001\nusername=u\npassword=p\n")
                .move();
        assertTrue(
                build.file("Dockerfile")
                        .contains(
                                "COPY out/ /\nCOPY --chown=app --chmod=0600 out/etc/pintle/web-password /etc/pintle/web-password\n"),
                build::all);
    }

    @Test
    void thePasswordIsItsOwnersAloneWhateverGitMadeOfIt() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, START)
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION + "[inet_http_server]\nport=:9001\nusername=u\npassword=p\n")
                .move();
        assertTrue(
                build.file("Dockerfile")
                        .contains(
                                "COPY out/ /\nCOPY --chmod=0600 out/etc/pintle/web-password /etc/pintle/web-password\n"),
                build::all);
    }

    @Test
    void aStageThatAnotherIsBuiltOnIsAnImageToo() throws IOException {
        MovedBuild build = dockerfile("""
                FROM debian:12 AS prod
                RUN apt-get install -y supervisor
                COPY supervisord.conf /etc/supervisord.conf
                ENTRYPOINT ["/usr/bin/supervisord", "-n"]
                FROM prod AS test
                RUN pytest
                ENTRYPOINT []
                CMD ["supervisord", "-n"]
                """).arguments("--strict").move();
        assertEquals(0, build.code(), build::all);
        assertEquals("""
                FROM debian:12 AS prod
                ADD OVERLAY /
                COPY out/ /
                RUN ["pintle", "check"]
                STOPSIGNAL SIGTERM
                ENTRYPOINT ["/init"]
                FROM prod AS test
                RUN pytest
                RUN ["pintle", "check"]
                ENTRYPOINT []
                CMD ["/init"]
                """, build.file("Dockerfile").replaceAll("pintle-overlay\\S*", "OVERLAY"));
        MovedBuild broken = dockerfile("""
                FROM debian:12 AS base
                RUN apt-get install -y supervisor
                CMD ["supervisord", "-n"]
                FROM base
                COPY supervisord.conf /etc/supervisord.conf
                CMD ["supervisord", "-n"]
                """).move();
        notCarried(broken, "Dockerfile", 1);
        MovedBuild shared = dockerfile("""
                FROM debian:12 AS prod
                RUN apt-get install -y supervisor
                COPY supervisord.conf /etc/supervisord.conf
                COPY start.sh /
                ENTRYPOINT /start.sh supervisord
                FROM prod AS mid
                CMD ["/start.sh", "supervisord"]
                FROM mid AS last
                ENTRYPOINT ["/start.sh"]
                CMD ["supervisord", "-n"]
                """)
                .with("start.sh", "#!/bin/sh\nsupervisorctl --help\nset-up\nexec supervisord\n")
                .move();
        String moved = shared.file("Dockerfile");
        assertTrue(moved.contains("ENTRYPOINT exec /start.sh supervisord\n"), moved);
        assertEquals("#!/bin/sh\nsupervisorctl --help\nset-up\nexec /init\n", shared.file("start.sh"), shared::all);
        MovedBuild other = dockerfile("""
                FROM debian:12 AS base
                RUN apt-get install -y supervisor
                CMD ["bash"]
                FROM base
                COPY supervisord.conf /etc/supervisord.conf
                CMD ["supervisord", "-n"]
                """).arguments("--strict").move();
        assertEquals(0, other.code(), other::all);
    }

    @Test
    void clientsOfXmlRpcAreNamed() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY app.py app.js other.py /\n" + START)
                .with("app.py", """
                        import xmlrpc.client
                        s = xmlrpc.client.ServerProxy("http://127.0.0.1:9001/RPC2")
                        s.supervisor.startProcess("web")
                        """)
                .with("app.js", "client.methodCall('supervisor.getAllProcessInfo', [], done)\n")
                .with("other.py", "ServerProxy('http://torrents.example.com/RPC2')\nself.supervisor.check()\n")
                .move();
        notCarried(build, "app.py", 2);
        notCarried(build, "app.py", 3);
        notCarried(build, "app.js", 1);
        assertEquals(List.of(), build.fates("other.py", 1), build::all);
        assertEquals(List.of(), build.fates("other.py", 2), build::all);
    }

    @Test
    void aServiceThatInitDoesNotHearIsNamed() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, START)
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION
                                + "[program:late]\nuser=app\ncommand=sh -c \"sleep 1; supervisorctl start web\"\n")
                .move();
        notCarried(build, "supervisord.conf", 17);
        MovedBuild own = MovedBuild.supervisord(directory, "COPY start.sh /\nUSER app\nENTRYPOINT [\"/start.sh\"]\n")
                .with("start.sh", "#!/bin/sh\ngosu app supervisorctl restart web &\nexec supervisord -n\n")
                .move();
        assertTrue(own.file("start.sh").contains("gosu app pintle restart web &"), own::all);
    }

    @Test
    void theCheckComesBehindTheTree() throws IOException {
        MovedBuild build = dockerfile("FROM debian\nCOPY sub /opt/sub\nENTRYPOINT [\"supervisord\", \"-n\"]\n")
                .arguments(directory + "/supervisord.conf")
                .with("sub/a", "a")
                .move();
        assertTrue(
                build.file("Dockerfile")
                        .endsWith(
                                "COPY out/ /\nRUN [\"pintle\", \"check\"]\nSTOPSIGNAL SIGTERM\nENTRYPOINT [\"/init\"]\n"),
                build::all);
    }

    @Test
    void servicesThatCallSupervisorctlCallPintle() throws IOException {
        MovedBuild build = dockerfile("FROM debian\nCOPY supervisord.conf /etc/\n" + START)
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION
                                + "[program:late]\ncommand=sh -c \"sleep 1; supervisorctl start job:* web\"\n"
                                + "[program:odd]\ncommand=sh -c 'supervisorctl status > /s'\n")
                .move();
        assertTrue(
                build.file("out/etc/pintle/services/late/service.conf").contains("pintle start @job web"), build::all);
        notCarried(build, "supervisord.conf", 18);
    }

    @Test
    void aDirectoryThatRunsvdirIsToldOfIsTheSupervisors() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("app/service/web/run", "#!/bin/sh\nexec web\n")
                .with("app/start", """
                        #!/bin/sh
                        LATE=/app/service/late
                        mkdir -p $LATE
                        cp /app/late $LATE/run
                        cp /app/services.txt /app/data
                        exec runsvdir -P /app/service/
                        """)
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y runit\nCOPY app /app\nCMD [\"/app/start\"]\n")
                .move();
        assertEquals(0, build.code(), build::all);
        notCarried(build, "app/start", 2);
        assertEquals(List.of(), build.fates("app/start", 5), build::all);
        assertTrue(build.all().contains("not ready: 1 thing"), build::all);
    }

    @Test
    void aTreeThatCopyDoesNotFindIsNotReady() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .with("image/supervisord.conf", MovedBuild.CONFIGURATION)
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\n" + START)
                .arguments("--context", directory + "/image")
                .move();
        notCarried(build, "Dockerfile", 1);
        assertTrue(build.all().contains("is outside the build context"), build::all);
    }

    @Test
    void editsOfTheConfigurationWhenTheImageIsBuiltAreSaid() throws IOException {
        MovedBuild build = dockerfile("""
                FROM debian:12
                RUN apt-get install -y supervisor
                COPY supervisord.conf /etc/
                RUN sed -i 's/www-data/nginx/' /etc/supervisord.conf
                RUN sed -i -e 's/nodaemon=false/nodaemon=true/' /etc/supervisord.conf
                RUN sed -i 's/\\r$//' /etc/supervisord.conf && cat /etc/supervisord.conf
                RUN perl -pi -e 's/a/b/' /etc/supervisord.conf
                """ + START).move();
        notCarried(build, "Dockerfile", 4);
        notCarried(build, "Dockerfile", 7);
        for (int line : List.of(5, 6)) {
            assertTrue(build.fates("Dockerfile", line).toString().contains("\"changed\""), build::all);
            assertFalse(build.fates("Dockerfile", line).toString().contains("not carried"), build::all);
        }
        assertFalse(build.file("Dockerfile").contains("supervisord.conf"), build::all);
    }

    @Test
    void settingsThatAScriptEditsAreToldWhereTheyAre() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .with("web.ini", "[program:web]\ncommand=web\nautostart=true\n")
                .with("start.sh", "#!/bin/sh\nsed -i s/true/$WEB/ /etc/supervisor.d/web.ini\nexec supervisord -n\n")
                .with(
                        "Dockerfile",
                        "FROM alpine\nRUN apk add supervisor\nCOPY web.ini /etc/supervisor.d/\nCOPY start.sh /\nCMD [\"/start.sh\"]\n")
                .move();
        notCarried(build, "start.sh", 2);
        assertTrue(build.fates("start.sh", 2).toString().contains("service.conf; ${VARIABLE}"), build::all);
    }

    @Test
    void thePackagesMainFileHasASocket() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .with("conf.d/control.conf", "[unix_http_server]\nusername=u\npassword=p\n")
                .with("conf.d/web.conf", "[program:web]\ncommand=web\n")
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY conf.d /etc/supervisor/conf.d\n"
                                + START)
                .move();
        assertEquals(0, build.code(), build::all);
        assertTrue(build.file("Dockerfile").endsWith("CMD [\"/init\"]\n"), build::all);
    }

    /** USR2 had supervisord open its log files anew; it stops a container that init is process 1 of. */
    @Test
    void signalsToProcess1AreSaid() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        COPY rotate web.py /etc/logrotate.d/
                        HEALTHCHECK CMD web-answers || kill -HUP 1
                        """ + START)
                .with(
                        "rotate",
                        "/x {\n  postrotate\n    kill -s USR2 1\n    kill -HUP 12\n    kill -TERM 1\n  endscript\n}\n")
                .with("web.py", "run('kill -12 1')\n")
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION + "[program:late]\ncommand=sh -c 'sleep 9; kill -HUP 1'\n")
                .move();
        notCarried(build, "rotate", 3);
        assertEquals(List.of(), build.fates("rotate", 4));
        assertEquals(List.of(), build.fates("rotate", 5));
        notCarried(build, "web.py", 1);
        notCarried(build, "Dockerfile", 5);
        notCarried(build, "supervisord.conf", 16);
    }

    /** What a program's own command asks of the old supervisor is no business of init's. */
    @Test
    void commandsOfProgramsAreLookedAt() throws IOException {
        String section = "[program:x%d]\ncommand=%s\nstdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0\n";
        record Asks(String command, String text) {}
        List<Asks> all = List.of(
                new Asks("bash -c \"job; kill -s SIGINT `cat ${SE_SUPERVISORD_PID_FILE}`\"", "'pintle shutdown' stops"),
                new Asks("sh -c 'kill -15 $(cat /var/run/supervisord.pid)'", "supervisord.pid is not there"),
                new Asks("sh -c 'kill $(cat /tmp/own.pid)'", "/tmp/own.pid is not there"),
                new Asks("sh -c 'job; pkill supervisord'", "'pintle shutdown' stops the container"),
                new Asks("tail -F /var/log/own.log", "/var/log/own.log is not there"),
                new Asks("supervisord -c /etc/second.conf", "supervisord is not in the image"),
                new Asks("check --url http://localhost:9001/RPC2", "no XML-RPC"));
        StringBuilder text =
                new StringBuilder("[supervisord]\nnodaemon=true\npidfile=/tmp/own.pid\nlogfile=/var/log/own.log\n");
        for (int i = 0; i < all.size(); i++) {
            text.append(section.formatted(i, all.get(i).command()));
        }
        for (String fine :
                List.of("/opt/supervisor-web/run", "tail -F /var/log/supervisor/x0.log", "/app/pidproxy-like")) {
            text.append(section.formatted(90 + fine.length(), fine));
        }
        MovedBuild build = MovedBuild.supervisord(directory, START)
                .with("supervisord.conf", text.toString())
                .move();
        for (int i = 0; i < all.size(); i++) {
            String fates = build.fates("supervisord.conf", 6 + 4 * i).toString();
            assertTrue(
                    fates.contains("\"not carried\"")
                            && fates.contains(all.get(i).text()),
                    fates);
        }
        for (int i = all.size(); i < all.size() + 3; i++) {
            assertTrue(build.fates("supervisord.conf", 6 + 4 * i).toString().contains("the same words"), build::all);
        }
    }

    @Test
    void callsOnOtherMachinesStay() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY deploy.sh /\n" + START)
                .with(
                        "deploy.sh",
                        "#!/bin/sh\nssh host supervisorctl restart web\nssh host true; supervisorctl stop web\n")
                .move();
        assertEquals(
                "#!/bin/sh\nssh host supervisorctl restart web\nssh host true; pintle stop web\n",
                build.file("deploy.sh"));
        notCarried(build, "deploy.sh", 2);
    }

    @Test
    void linksOfLoopsAndSwitchesOfTheBuildCount() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("sv/web/run", "#!/bin/sh\nexec web\n")
                .with("sv/job/run", "#!/bin/sh\nexec job\n")
                .with("sv/job/finish", "#!/bin/sh\n[ $1 = 0 ] || kill -HUP 1\n")
                .with("sv/old/run", "#!/bin/sh\nexec old\n")
                .with("sv/old/down", "")
                .with("Dockerfile", """
                        FROM alpine
                        RUN apk add runit
                        COPY sv /etc/sv
                        RUN for s in web job old; do ln -s /etc/sv/$s /etc/service/${s}; done
                        RUN touch /etc/service/job/down && rm -f /etc/sv/old/down
                        CMD ["runsvdir", "/etc/service"]
                        """)
                .move();
        assertEquals(0, build.code(), build::all);
        String services = "out/etc/pintle/services/";
        assertFalse(build.file(services + "web/service.conf").contains("autostart"), build::all);
        assertTrue(build.file(services + "job/service.conf").contains("autostart = no\n"), build::all);
        assertFalse(build.file(services + "old/service.conf").contains("autostart"), build::all);
        assertTrue(
                build.all()
                        .contains(
                                "/etc/service/job/finish\", \"line\": 2, \"what\": \"kill\"}], \"text\": \"it signals"),
                build::all);
    }

    @Test
    void servicesOfTheBaseMayBeRemoved() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("Dockerfile", """
                        FROM phusion/baseimage:jammy-1.0.4
                        COPY service /etc/service
                        RUN rm -rf /etc/service/sshd/ /etc/my_init.d/00_regen_ssh_host_keys.sh
                        RUN rm -f /etc/service/sshd/down
                        CMD ["/sbin/my_init"]
                        """)
                .move();
        assertEquals(0, build.code(), build::all);
        assertEquals(1, build.fates("Dockerfile", 3).size(), build::all);
        assertTrue(build.fates("Dockerfile", 3).get(0).contains("\"kept\""), build::all);
        notCarried(build, "Dockerfile", 4);
    }

    @Test
    void whatAnUnknownBaseStartsMayHaveToBeReplaced() throws IOException {
        String rest = "\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\n";
        MovedBuild unknown = dockerfile("FROM example.com/team/app:1" + rest).move();
        notCarried(unknown, "Dockerfile", 1);
        MovedBuild known = dockerfile("FROM debian:12" + rest).move();
        assertTrue(known.fates("Dockerfile", 1).toString().contains("\"approximated\""), known::all);
    }

    @Test
    void requirementsAreFollowed() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        COPY requirements /r
                        COPY requirements-dev.in setup.cfg environment.yml packages.txt pyproject.toml /app/
                        RUN pip install -r /r/dev.txt && conda install -y -c conda-forge supervisor
                        """ + START)
                .with("requirements/dev.txt", "-r base.txt\n--constraint=../c.txt\n-r dev.txt\npytest\n")
                .with("requirements/base.txt", "flask\nsupervisor==4.2.5 \\\n    --hash=sha256:aa\ngunicorn\n")
                .with("c.txt", "supervisor==4.2.5\nflask==3\n")
                .with("requirements-dev.in", "supervisor\nflask\n")
                .with("setup.cfg", "[options]\ninstall_requires =\n  flask\n  supervisor>=4\n")
                .with("environment.yml", "dependencies:\n  - python\n  - supervisor=4\n")
                .with("packages.txt", "nginx\nsupervisor\n")
                .with(
                        "pyproject.toml",
                        "[project]\nname = \"supervisor\"\n[dependency-groups]\nops = [\"supervisor\", \"x\"]\n")
                .move();
        assertEquals("flask\ngunicorn\n", build.file("requirements/base.txt"));
        assertEquals("flask==3\n", build.file("c.txt"));
        assertEquals("flask\n", build.file("requirements-dev.in"));
        assertEquals("[options]\ninstall_requires =\n  flask\n", build.file("setup.cfg"));
        assertEquals("dependencies:\n  - python\n", build.file("environment.yml"));
        assertEquals(
                "[project]\nname = \"supervisor\"\n[dependency-groups]\nops = [\"x\"]\n", build.file("pyproject.toml"));
        assertTrue(build.file("Dockerfile").contains("RUN pip install -r /r/dev.txt\n"), build::all);
        notCarried(build, "packages.txt", 2);
    }

    @Test
    void whatIsNoTextIsLookedAtByName() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY files /\n" + START)
                .with("files/bin/supervisorctl", "\u0000binary")
                .with("files/etc/supervisor/large.conf", "#".repeat((1 << 20) + 1))
                .with("files/bin/other", "\u0000supervisord")
                .move();
        notCarried(build, "files/bin/supervisorctl", 1);
        notCarried(build, "files/etc/supervisor/large.conf", 1);
        assertEquals(List.of(), build.fates("files/bin/other", 1));
    }
}
