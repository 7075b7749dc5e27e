package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of builds that once came out broken in silence. What docs/converting.md promises of a move is tested here and beside. */
class MoveKindsTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void onlyCommandsOnCopiedFilesGo() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(directory, """
                FROM debian:12
                RUN mkdir /conf
                COPY supervisord.conf /conf
                COPY supervisord.conf helper.sh /etc/supervisor/
                RUN chmod 644 /conf/supervisord.conf && chmod 755 /conf/other /etc/supervisor/helper.sh
                RUN chown root /etc/passwd /etc/supervisor/supervisord.conf
                RUN ls /etc/supervisor/missing /conf
                CMD ["supervisord", "-n", "-c", "/conf/supervisord.conf"]
                """)
                .with("helper.sh", "#!/bin/sh\ntrue\n")
                .move();
        String after = build.file("Dockerfile");
        assertTrue(after.contains("RUN chmod 755 /conf/other /etc/supervisor/helper.sh\n"), after);
        assertTrue(after.contains("RUN chown root /etc/passwd\n"), after);
        assertTrue(after.contains("COPY helper.sh /etc/supervisor/\n"), after);
        assertTrue(after.contains("ls /etc/supervisor/missing /conf"), after);
    }

    @Test
    void everyFileThatTheImageGetsIsLookedAt() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(
                        directory,
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY . /app\nCOPY supervisord.conf /etc/\n"
                                + MovedBuild.START)
                .with(".dockerignore", "left-out\n")
                .with("left-out/a.sh", "supervisorctl fg web\n")
                .with("app.py", "x = 1\nfrom supervisor.xmlrpc import SupervisorTransport\n")
                .with("nginx.conf", "# supervisord\nserver unix:/var/run/supervisor.sock;\n")
                .with("README.md", "Run supervisord.\n")
                .with("sudoers", "www ALL=NOPASSWD: /usr/bin/supervisorctl restart web\n")
                .with("other.conf", "[program:x]\ncommand=x\n")
                .with("run.sh", "#!/bin/sh\nkill $(cat /var/run/supervisord.pid)\n")
                .move();
        build.notCarried("app.py", 2);
        build.notCarried("nginx.conf", 2);
        build.notCarried("sudoers", 1);
        build.notCarried("other.conf", 1);
        build.notCarried("run.sh", 2);
        assertFalse(build.all().contains("left-out"), build::all);
        assertTrue(build.fates("README.md", 1).toString().contains("\"kept\""), build::all);
    }

    @Test
    void whatDeploysTheImageIsLookedAt() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(
                        directory,
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\n"
                                + MovedBuild.START)
                .with("compose.yaml", """
                        services:
                          app:
                            build: .
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
        build.notCarried("compose.yaml", 7);
        assertEquals("kind: Pod\ncontainers:\n- command: [\"/init\"]\n", build.file("k8s/app.yaml"), build::all);
        assertEquals("run: docker exec app pintle restart web\n", build.file(".github/workflows/ci.yml"));
    }

    @Test
    void pidproxyHasACounterpart() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY mysql.sh /\n" + MovedBuild.START)
                .with("mysql.sh", "#!/bin/sh\nexec /usr/bin/pidproxy /run/my.pid mysqld_safe --user=mysql\n")
                .move();
        assertEquals(
                "#!/bin/sh\nexec /usr/bin/pintle-pidproxy /run/my.pid mysqld_safe --user=mysql\n",
                build.file("mysql.sh"));
    }

    @Test
    void thePasswordIsTheUsersThatInitRunsAs() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "ARG WHO=app\nUSER $WHO\n" + MovedBuild.START)
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
        MovedBuild build = MovedBuild.supervisord(directory, MovedBuild.START)
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
    void clientsOfXmlRpcAreNamed() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY app.py app.js other.py /\n" + MovedBuild.START)
                .with("app.py", """
                        import xmlrpc.client
                        s = xmlrpc.client.ServerProxy("http://127.0.0.1:9001/RPC2")
                        s.supervisor.startProcess("web")
                        """)
                .with("app.js", "client.methodCall('supervisor.getAllProcessInfo', [], done)\n")
                .with("other.py", "ServerProxy('http://torrents.example.com/RPC2')\nself.supervisor.check()\n")
                .move();
        build.notCarried("app.py", 2);
        build.notCarried("app.py", 3);
        build.notCarried("app.js", 1);
        assertEquals(List.of(), build.fates("other.py", 1), build::all);
        assertEquals(List.of(), build.fates("other.py", 2), build::all);
    }

    @Test
    void aServiceThatInitDoesNotHearIsNamed() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, MovedBuild.START)
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION
                                + "[program:late]\nuser=app\ncommand=sh -c \"sleep 1; supervisorctl start web\"\n")
                .move();
        build.notCarried("supervisord.conf", 17);
        MovedBuild own = MovedBuild.supervisord(directory, "COPY start.sh /\nUSER app\nENTRYPOINT [\"/start.sh\"]\n")
                .with("start.sh", "#!/bin/sh\ngosu app supervisorctl restart web &\nexec supervisord -n\n")
                .move();
        assertTrue(own.file("start.sh").contains("gosu app pintle restart web &"), own::all);
    }

    @Test
    void servicesThatCallSupervisorctlCallPintle() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(
                        directory, "FROM debian\nCOPY supervisord.conf /etc/\n" + MovedBuild.START)
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION
                                + "[program:late]\ncommand=sh -c \"sleep 1; supervisorctl start job:* web\"\n"
                                + "[program:odd]\ncommand=sh -c 'supervisorctl status > /s'\n")
                .move();
        assertTrue(
                build.file("out/etc/pintle/services/late/service.conf").contains("pintle start @job web"), build::all);
        build.notCarried("supervisord.conf", 18);
    }

    @Test
    void editsOfTheConfigurationWhenTheImageIsBuiltAreSaid() throws IOException {
        MovedBuild build =
                MovedBuild.dockerfile(directory, """
                FROM debian:12
                RUN apt-get install -y supervisor
                COPY supervisord.conf /etc/
                RUN sed -i 's/www-data/nginx/' /etc/supervisord.conf
                RUN sed -i -e 's/nodaemon=false/nodaemon=true/' /etc/supervisord.conf
                RUN sed -i 's/\\r$//' /etc/supervisord.conf && cat /etc/supervisord.conf
                RUN perl -pi -e 's/a/b/' /etc/supervisord.conf
                """ + MovedBuild.START).move();
        build.notCarried("Dockerfile", 4);
        build.notCarried("Dockerfile", 7);
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
        build.notCarried("start.sh", 2);
        assertTrue(build.fates("start.sh", 2).toString().contains("service.conf; ${VARIABLE}"), build::all);
    }

    /** USR2 had supervisord open its log files anew; it stops a container that init is process 1 of. */
    @Test
    void signalsToProcess1AreSaid() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        COPY rotate web.py /etc/logrotate.d/
                        HEALTHCHECK CMD web-answers || kill -HUP 1
                        """ + MovedBuild.START)
                .with(
                        "rotate",
                        "/x {\n  postrotate\n    kill -s USR2 1\n    kill -HUP 12\n    kill -TERM 1\n  endscript\n}\n")
                .with("web.py", "run('kill -12 1')\n")
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION + "[program:late]\ncommand=sh -c 'sleep 9; kill -HUP 1'\n")
                .move();
        build.notCarried("rotate", 3);
        assertEquals(List.of(), build.fates("rotate", 4));
        assertEquals(List.of(), build.fates("rotate", 5));
        build.notCarried("web.py", 1);
        build.notCarried("Dockerfile", 5);
        build.notCarried("supervisord.conf", 16);
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
        MovedBuild build = MovedBuild.supervisord(directory, MovedBuild.START)
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
        MovedBuild build = MovedBuild.supervisord(directory, "COPY deploy.sh /\n" + MovedBuild.START)
                .with(
                        "deploy.sh",
                        "#!/bin/sh\nssh host supervisorctl restart web\nssh host true; supervisorctl stop web\n")
                .move();
        assertEquals(
                "#!/bin/sh\nssh host supervisorctl restart web\nssh host true; pintle stop web\n",
                build.file("deploy.sh"));
        build.notCarried("deploy.sh", 2);
    }

    @Test
    void whatIsNoTextIsLookedAtByName() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY files /\n" + MovedBuild.START)
                .with("files/bin/supervisorctl", "\u0000binary")
                .with("files/etc/supervisor/large.conf", "#".repeat((1 << 20) + 1))
                .with("files/bin/other", "\u0000supervisord")
                .move();
        build.notCarried("files/bin/supervisorctl", 1);
        build.notCarried("files/etc/supervisor/large.conf", 1);
        assertEquals(List.of(), build.fates("files/bin/other", 1));
    }
}
