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

/** Scripts that name the configuration by their own directory, commands that signal their parent, and the engine's init. */
class OwnPlaceTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void editsBesideTheScriptAreSaid() throws IOException {
        for (String line : List.of(
                "sed -i s/web/$X/ \"$(dirname \"$0\")/x.conf\"",
                "sed -i s/web/$X/ $(dirname $0)/x.conf",
                "sed -i s/web/$X/ \"${0%/*}/x.conf\"",
                "sed -i s/web/$X/ `dirname $0`/x.conf",
                "sed -i s/web/$X/ $(dirname \"$(readlink -f \"$0\")\")/x.conf",
                "D=$(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd); rm $D/x.conf",
                "D=\"$(cd \"$(dirname \"$0\")\" >/dev/null 2>&1 && pwd -P)\"; echo >> \"${D}/x.conf\"",
                "D=$(realpath $(dirname $0)); mv $D/x.conf /tmp/",
                "cd \"$(dirname \"$0\")\" && echo user=x >> x.conf",
                "cp /other.conf $(dirname -- \"$0\")/x.conf")) {
            MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "own"))
                    .with("x.conf", MovedBuild.CONFIGURATION)
                    .with("start.sh", "#!/bin/bash\n" + line + "\nexec supervisord -n -c /app/x.conf\n")
                    .with("Dockerfile", "FROM debian:12\nCOPY . /app\nCMD [\"/app/start.sh\"]\n")
                    .move();
            build.notCarried("start.sh", 2);
        }
    }

    @Test
    void otherFilesBesideTheScriptAreNone() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .with("x.conf", MovedBuild.CONFIGURATION)
                .with(
                        "start.sh",
                        "#!/bin/bash\nsed -i s/a/b/ $(dirname $0)/app.yml\nexec supervisord -n -c /app/x.conf\n")
                .with("Dockerfile", "FROM debian:12\nCOPY . /app\nCMD [\"/app/start.sh\"]\n")
                .move();
        assertFalse(build.has("start.sh", 2, "not carried"), build::all);
    }

    @Test
    void commandsOfProgramsThatSignalTheirParentAreSaid() throws IOException {
        for (String command : List.of(
                "bash -c \"sleep 60; kill -HUP $PPID\"",
                "/bin/sh -c 'kill -s USR2 ${PPID}'",
                "sh -c 'sleep 1 && kill -USR2 1'",
                "perl -e 'kill \"HUP\", 1'")) {
            MovedBuild build = MovedBuild.supervisord(Files.createTempDirectory(directory, "parent"), MovedBuild.START)
                    .with("supervisord.conf", "[supervisord]\nnodaemon=true\n[program:web]\ncommand=" + command + "\n")
                    .move();
            build.notCarried("supervisord.conf", 4);
        }
        MovedBuild stop = MovedBuild.supervisord(Files.createTempDirectory(directory, "stop"), MovedBuild.START)
                .with("supervisord.conf", "[supervisord]\nnodaemon=true\n[program:web]\ncommand=sh -c 'kill $PPID'\n")
                .move();
        assertFalse(stop.has("supervisord.conf", 4, "not carried"), stop::all);
    }

    @Test
    void initOfTheEngineIsNotBeforeThisOne() throws IOException {
        String compose = """
                services:
                  web:
                    build: .
                    init: %s
                  db:
                    image: postgres
                    init: true
                """;
        for (String copy : List.of("", "COPY . /app\n")) {
            MovedBuild build = MovedBuild.supervisord(
                            Files.createTempDirectory(directory, "init"), copy + MovedBuild.START)
                    .with("docker-compose.yml", compose.formatted("true"))
                    .with("prod.yml", "services:\n  web:\n    image: me/web\n    init: yes # reaps\n")
                    .move();
            assertEquals(compose.formatted("false"), build.file("docker-compose.yml"), build::all);
            assertTrue(build.has("docker-compose.yml", 4, "changed"), build::all);
            assertFalse(build.has("docker-compose.yml", 7, "approximated"), build::all);
            assertTrue(build.has("prod.yml", 4, "approximated"), build::all);
        }
    }
}
