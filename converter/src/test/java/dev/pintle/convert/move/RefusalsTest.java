package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A move that is refused says where, why, and what to do; nothing is written then. */
class RefusalsTest {

    private static final String PHUSION = "FROM phusion/baseimage:0.11\nCMD [\"/sbin/my_init\"]\n";

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild supervisord(String dockerfile) {
        return new MovedBuild(directory).with("Dockerfile", dockerfile);
    }

    private MovedBuild runit(String dockerfile) {
        return supervisord(dockerfile).runit();
    }

    private void refused(MovedBuild build, int line, String cause, String hint) throws IOException {
        String before = build.text("Dockerfile");
        build.move();
        assertEquals(3, build.code(), build::all);
        assertTrue(build.all().contains("Dockerfile:" + line + ":1: error: cannot "), build::all);
        assertTrue(build.all().contains(cause), build::all);
        assertTrue(build.all().contains("\n    > ") && build.all().contains(hint), build::all);
        assertEquals(before, build.file("Dockerfile"));
        assertFalse(directory.resolve("out").toFile().exists());
    }

    @Test
    void theStartIsInAnotherLanguage() throws IOException {
        refused(
                supervisord("FROM debian:12\nCOPY . /vnc\nENTRYPOINT [\"/vnc/start.tcl\"]\n")
                        .with("app/supervisord.conf", MovedBuild.CONFIGURATION)
                        .with("start.tcl", "#!/usr/bin/expect -f\nspawn supervisord -c /vnc/app/supervisord.conf\n"),
                3,
                "start.tcl, which starts supervisord and is not a shell script",
                "start supervisord by CMD, or in a shell script");
    }

    @Test
    void theImageIsOfAnotherInit() throws IOException {
        refused(
                supervisord("FROM debian:12\nCOPY start.sh /\nENTRYPOINT [\"/start.sh\"]\n")
                        .with("start.sh", "#!/bin/sh\nprepare\nexec /init\n"),
                3,
                "ENTRYPOINT starts /init, such as that of s6-overlay, and not supervisord",
                "pintle-convert s6 --dockerfile");
    }

    @Test
    void nothingSpeaksOfIt() throws IOException {
        refused(
                supervisord("FROM debian:12\nCOPY start.sh /\nCMD [\"/start.sh\"]\n")
                        .with("start.sh", "#!/bin/sh\nexec nginx\n"),
                3,
                "nor a script that it starts speaks of supervisord",
                "the image needs no move");
    }

    @Test
    void theBaseHasTheServices() throws IOException {
        refused(
                runit(PHUSION + "RUN rm -f /etc/service/sshd/down && cd /src && make install\n"),
                2,
                "what its base phusion/baseimage:0.11 has is not in the build context",
                "export the image");
        refused(
                supervisord("FROM example/base\nCMD [\"supervisord\", \"-n\"]\n"),
                2,
                "what its base example/base has is not in the build context",
                "convert with --root");
    }

    @Test
    void thereAreScriptsOfMyInitAlone() throws IOException {
        refused(
                runit(PHUSION + "COPY first.sh /etc/my_init.d/10_first.sh\n").with("first.sh", "#!/bin/sh\nfirst\n"),
                2,
                "nothing but scripts of my_init, which run beside services",
                "export the image");
    }

    @Test
    void commandsMakeTheServices() throws IOException {
        refused(
                runit(
                        "FROM alpine\nRUN apk add runit\nRUN mkdir -p /etc/service/web && sh -c \"echo -e '#!/bin/sh\\nexec web'"
                                + " > /etc/service/web/run\"\nCMD [\"runsvdir\", \"/etc/service\"]\n"),
                4,
                "it may be made by commands: " + directory + "/Dockerfile:3",
                "put what they write into files of the build context");
    }

    /** The line of the supervisor is named, and not what runs it. */
    @Test
    void aSupervisorOfOneServiceIsNone() throws IOException {
        refused(
                runit("""
                                FROM alpine
                                RUN apk add runit
                                COPY sv /etc/sv
                                COPY entry /usr/local/sbin/
                                ENTRYPOINT ["entry"]
                                CMD ["runsv", "/etc/sv/web"]
                                """).with("sv/web/run", "#!/bin/sh\nexec web\n").with("entry", "#!/bin/sh\nexec \"$@\"\n"),
                6,
                "how CMD starts runit is not understood",
                "as CMD [\"runsvdir\", \"/etc/service\"]");
    }
}
