package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told to the old supervisor from outside: in containers, at addresses, by charts and shells that start the image. */
class OutsideCallsTest {

    private static final String STARTS = "CMD [\"supervisord\", \"-n\"]\n";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void callsInContainersAreTranslatedWhereTheseAreOfThisImage() throws IOException {
        String compose = """
                services:
                  web:
                    build: .
                    container_name: our-web
                  other:
                    image: redis:7
                """;
        MovedBuild build = MovedBuild.supervisord(directory, "COPY inside.sh /\n" + STARTS)
                .with("compose.yaml", compose)
                .with("inside.sh", "#!/bin/sh\ndocker exec stranger supervisorctl restart web\n")
                .with("deploy.sh", """
                        #!/bin/sh
                        docker compose exec -T web supervisorctl restart web
                        docker exec -it our-web supervisorctl status web
                        docker exec proj-web-1 sh -c "supervisorctl stop web"
                        docker exec other supervisorctl restart web
                        kubectl exec -n ns deploy/app -c main -- supervisorctl restart web
                        docker exec stranger \\
                          supervisorctl restart web
                        docker run -d app supervisord -n
                        supervisorctl restart web
                        docker exec $(docker ps -q -f name=web) supervisorctl restart web
                        """)
                .move();
        assertEquals("""
                #!/bin/sh
                docker compose exec -T web pintle restart web
                docker exec -it our-web pintle status web
                docker exec proj-web-1 sh -c "pintle stop web"
                docker exec other supervisorctl restart web
                kubectl exec -n ns deploy/app -c main -- supervisorctl restart web
                docker exec stranger \\
                  supervisorctl restart web
                docker run -d app supervisord -n
                supervisorctl restart web
                docker exec $(docker ps -q -f name=web) supervisorctl restart web
                """, build.file("deploy.sh"), build::all);
        assertTrue(build.has("deploy.sh", 5, "kept"), build::all);
        for (int line : List.of(6, 8, 9, 11)) {
            build.notCarried("deploy.sh", line);
        }
        assertTrue(build.fates("deploy.sh", 6).toString().contains("pintle restart web"), build::all);
        assertEquals(List.of(), build.fates("deploy.sh", 10), build::all);
        build.notCarried("inside.sh", 2);
    }

    @Test
    void addressesTellWhichSupervisorIsMeant() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY a.sh /\n" + STARTS)
                .with("supervisord.conf", "[unix_http_server]\nfile=/run/own.sock\n" + MovedBuild.CONFIGURATION)
                .with("a.sh", """
                        #!/bin/sh
                        supervisorctl -s http://127.0.0.1:9001 restart web
                        supervisorctl -s "unix:///run/own.sock" restart web
                        supervisorctl -s unix:///run/second.sock restart web
                        supervisorctl -shttp://db:9001 restart web
                        supervisorctl -c /etc/supervisord.conf restart web
                        """)
                .move();
        assertEquals("""
                #!/bin/sh
                pintle restart web
                pintle restart web
                supervisorctl -s unix:///run/second.sock restart web
                supervisorctl -shttp://db:9001 restart web
                pintle restart web
                """, build.file("a.sh"), build::all);
        build.notCarried("a.sh", 4);
        build.notCarried("a.sh", 5);
        MovedBuild second = MovedBuild.supervisord(
                        Files.createTempDirectory(directory, "second"),
                        "COPY a.sh /\nCMD [\"supervisord\", \"-n\", \"-c\", \"/etc/supervisord.conf\"]\n")
                .with("a.sh", "#!/bin/sh\nsupervisorctl -c /etc/second.conf stop all\n")
                .move();
        second.notCarried("a.sh", 2);
    }

    @Test
    void clientsOfXmlRpcAreNamedInEachLanguage() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY files /\n" + STARTS)
                .with("files/a.sh", """
                        #!/bin/sh
                        curl -s http://$HOST:9001/RPC2 -d @x
                        curl "http://localhost:9001/index.html?processname=web&action=restart"
                        curl --unix-socket /run/s.sock http://x/RPC2
                        curl http://torrents.example.com/RPC2
                        """)
                .with("files/b.py", "s = xmlrpc.client.ServerProxy('http://app:9001/RPC2')\n")
                .with("files/c.php", "<?php $c->supervisor->startProcess('web'); ?>\n")
                .move();
        for (int line : List.of(2, 3, 4)) {
            build.notCarried("files/a.sh", line);
        }
        assertEquals(List.of(), build.fates("files/a.sh", 5), build::all);
        build.notCarried("files/b.py", 1);
        build.notCarried("files/c.php", 1);
    }

    @Test
    void chartsAndOtherDescriptionsAreLookedAt() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, STARTS)
                .with("chart/values.yaml", """
                        command: ["supervisord", "-n"]
                        args:
                          - -c
                          - /etc/supervisord.conf
                        web:
                          cmd: supervisord -n
                        """)
                .with("chart/templates/_helpers.tpl", "supervisorctl restart web\n")
                .with("chart/templates/NOTES.txt", "kubectl exec x -- supervisorctl status\n")
                .with("task.json", "{\"containers\": [{\"command\": [\"supervisord\", \"-n\"]}]}\n")
                .with("fly.toml", "[processes]\nweb = \"supervisord -n\"\n")
                .with("main.tf", "command = [\"supervisord\"]\n")
                .with(".env", "START=supervisord\n")
                .with("app.nomad", "command = \"supervisord\"\n")
                .move();
        assertTrue(build.file("chart/values.yaml").startsWith("command: [\"/init\"]\nargs: []\n"), build::all);
        build.notCarried("chart/values.yaml", 6);
        build.notCarried("chart/templates/NOTES.txt", 1);
        assertTrue(!build.fates("chart/templates/_helpers.tpl", 1).isEmpty(), build::all);
        assertEquals("{\"containers\": [{\"command\": [\"/init\"]}]}\n", build.file("task.json"), build::all);
        build.notCarried("fly.toml", 2);
        build.notCarried("main.tf", 1);
        build.notCarried(".env", 1);
        build.notCarried("app.nomad", 1);
    }

    @Test
    void redirectionsOfAShellStay() throws IOException {
        for (List<String> each : List.of(
                List.of("supervisord -n > /var/log/x 2>&1", "exec /init > /var/log/x 2>&1", "changed"),
                List.of("exec supervisord -n >>/proc/1/fd/1", "exec /init >>/proc/1/fd/1", "changed"),
                List.of("supervisord | tee /x", "/init | tee /x", "approximated"),
                List.of("supervisord -n &", "/init &", "approximated"),
                List.of("supervisord -n 2>&1 | tee -a /x & wait", "/init 2>&1 | tee -a /x & wait", "approximated"))) {
            MovedBuild build = MovedBuild.supervisord(
                            Files.createTempDirectory(directory, "redirected"), "CMD " + each.get(0) + "\n")
                    .move();
            assertTrue(build.file("Dockerfile").endsWith("\nCMD " + each.get(1) + "\n"), build::all);
            assertTrue(build.has("Dockerfile", 4, each.get(2)), build::all);
        }
    }

    @Test
    void whatOthersHaveWrittenHidesNothing() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, STARTS)
                .with("stack/app.yaml", "command: [\"sh\", \"-c\", \"a; supervisord -n\"]\n");
        for (int i = 0; i < 1100; i++) {
            build.with("node_modules/m" + i + "/package.json", "{}\n");
        }
        build.move().notCarried("stack/app.yaml", 1);
    }
}
