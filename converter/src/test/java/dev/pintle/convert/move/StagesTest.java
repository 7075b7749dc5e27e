package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages and bases: images that share them, and what they bring. */
class StagesTest {

    @TempDir
    private Path directory = Path.of("");

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
            MovedBuild build = MovedBuild.dockerfile(
                            directory,
                            "FROM " + said.base() + "\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\n"
                                    + MovedBuild.START)
                    .move();
            String fates = build.fates("Dockerfile", 1).toString();
            assertTrue(fates.contains("\"fate\": \"" + said.fate() + "\"") && fates.contains(said.text()), fates);
            assertTrue(build.file("Dockerfile").endsWith("STOPSIGNAL SIGTERM\nCMD [\"/init\"]\n"), build::all);
        }
        MovedBuild brought = MovedBuild.dockerfile(
                        directory, "FROM example.com/team/app:1\nCOPY supervisord.conf /etc/\n" + MovedBuild.START)
                .move();
        brought.notCarried("Dockerfile", 1);
        MovedBuild plain = MovedBuild.dockerfile(
                        directory,
                        "ARG BASE=ubuntu:24.04\nFROM $BASE\nCOPY supervisord.conf /etc/\n" + MovedBuild.START)
                .move();
        assertEquals(List.of(), plain.fates("Dockerfile", 2), plain::all);
    }

    @Test
    void stagesOnAnEditedOneAreEditedOrSaidToBeBroken() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(directory, """
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
        build.notCarried("Dockerfile", 8);
    }

    @Test
    void filesAreFollowedThroughStagesCommandsAndOnBuild() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(directory, """
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
    void aStageThatAnotherIsBuiltOnIsAnImageToo() throws IOException {
        MovedBuild build =
                MovedBuild.dockerfile(directory, """
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
        MovedBuild broken = MovedBuild.dockerfile(directory, """
                FROM debian:12 AS base
                RUN apt-get install -y supervisor
                CMD ["supervisord", "-n"]
                FROM base
                COPY supervisord.conf /etc/supervisord.conf
                CMD ["supervisord", "-n"]
                """).move();
        broken.notCarried("Dockerfile", 1);
        MovedBuild shared = MovedBuild.dockerfile(directory, """
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
        MovedBuild other =
                MovedBuild.dockerfile(directory, """
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
    void theCheckComesBehindTheTree() throws IOException {
        MovedBuild build = MovedBuild.dockerfile(
                        directory, "FROM debian\nCOPY sub /opt/sub\nENTRYPOINT [\"supervisord\", \"-n\"]\n")
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
    void aTreeThatCopyDoesNotFindIsNotReady() throws IOException {
        MovedBuild build = new MovedBuild(directory)
                .with("image/supervisord.conf", MovedBuild.CONFIGURATION)
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\n"
                                + MovedBuild.START)
                .arguments("--context", directory + "/image")
                .move();
        build.notCarried("Dockerfile", 1);
        assertTrue(build.all().contains("is outside the build context"), build::all);
    }

    @Test
    void whatAnUnknownBaseStartsMayHaveToBeReplaced() throws IOException {
        String rest = "\nRUN apt-get install -y supervisor\nCOPY supervisord.conf /etc/\n";
        MovedBuild unknown = MovedBuild.dockerfile(directory, "FROM example.com/team/app:1" + rest)
                .move();
        unknown.notCarried("Dockerfile", 1);
        MovedBuild known =
                MovedBuild.dockerfile(directory, "FROM debian:12" + rest).move();
        assertTrue(known.fates("Dockerfile", 1).toString().contains("\"approximated\""), known::all);
    }

    /** Docker takes the sources of COPY --from from the root of the stage, whatever WORKDIR it has: the files were not looked at. */
    @Test
    void sourcesOfAStageAreFromItsRoot() throws IOException {
        for (String copy : List.of(". .", "usr/local/bin /usr/local/bin", "usr/local/bin/reload /usr/local/bin/")) {
            MovedBuild build = MovedBuild.dockerfile(
                            Files.createTempDirectory(directory, "root"), """
                            FROM alpine AS tools
                            COPY reload /usr/local/bin/reload
                            WORKDIR /app
                            FROM alpine
                            RUN apk add supervisor
                            COPY --from=tools COPIED
                            COPY supervisord.conf /etc/supervisord.conf
                            CMD ["supervisord", "-n"]
                            """.replace("COPIED", copy))
                    .with("reload", "#!/bin/sh\nsupervisorctl fg web\n")
                    .move();
            build.notCarried("reload", 2);
        }
    }

    /** A directory that a stage has put together: only files that a COPY had put there were looked at. */
    @Test
    void whatAStageCopiesTogetherIsLookedAt() throws IOException {
        for (String commands : List.of(
                "COPY . /src\nRUN mkdir /out && cp -r /src/tools /out/",
                "WORKDIR /src\nCOPY tools tools\nRUN mkdir -p /out/bin && install -m755 tools/reload /out/bin/",
                "COPY tools /t\nRUN mkdir /out && mv /t /out/t")) {
            MovedBuild build = MovedBuild.dockerfile(
                            Files.createTempDirectory(directory, "out"), """
                            FROM alpine AS b
                            COMMANDS
                            FROM alpine
                            RUN apk add supervisor
                            COPY --from=b /out /
                            COPY supervisord.conf /etc/supervisord.conf
                            CMD ["supervisord", "-n"]
                            """.replace("COMMANDS", commands))
                    .with("tools/reload", "#!/bin/sh\nsupervisorctl fg web\n")
                    .move();
            build.notCarried("tools/reload", 2);
        }
    }

    @Test
    void aLinkToADirectoryIsCopiedAsThat() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, "COPY tools /opt/tools\n" + MovedBuild.START)
                .with("v2/reload", "#!/bin/sh\nsupervisorctl fg web\n");
        Files.createSymbolicLink(directory.resolve("tools"), Path.of("v2"));
        build.move().notCarried("v2/reload", 2);
    }
}
