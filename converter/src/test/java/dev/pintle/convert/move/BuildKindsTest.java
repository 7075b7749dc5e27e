package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands of a build do: files that they see by mounts, edits of the configuration, other stages, variables. */
class BuildKindsTest {

    private static final String STARTS = "CMD [\"supervisord\", \"-n\"]\n";

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild fresh(String name) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, name))
                .with("supervisord.conf", MovedBuild.CONFIGURATION);
    }

    @Test
    void filesThatAreMountedAreLookedAt() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        RUN --mount=type=bind,source=setup,target=/setup --mount=type=cache,target=/c sh /setup/install.sh
                        RUN --mount=src=ctl.sh,dst=/tmp/ctl.sh cp /tmp/ctl.sh /usr/bin/ctl
                        RUN --mount=target=/ctx,type=bind /ctx/other.sh && cp /ctx/late.sh /
                        """ + STARTS)
                .with("setup/install.sh", "#!/bin/sh\napt-get install -y supervisor nginx\ncp /setup/h.sh /h\n")
                .with("setup/h.sh", "#!/bin/sh\nsupervisorctl fg web\n")
                .with("ctl.sh", "#!/bin/sh\nsupervisorctl restart web\n")
                .with("other.sh", "#!/bin/sh\nsupervisorctl clear web\n")
                .with("late.sh", "#!/bin/sh\nsupervisorctl clear web\n")
                .with("unseen.sh", "#!/bin/sh\nsupervisorctl clear web\n")
                .move();
        assertEquals("#!/bin/sh\napt-get install -y nginx\ncp /setup/h.sh /h\n", build.file("setup/install.sh"));
        assertEquals("#!/bin/sh\npintle restart web\n", build.file("ctl.sh"));
        for (String name : List.of("setup/h.sh", "other.sh", "late.sh")) {
            build.notCarried(name, 2);
        }
        assertEquals(List.of(), build.fates("unseen.sh", 2), build::all);
        assertTrue(build.file("Dockerfile").contains("cp /tmp/ctl.sh /usr/bin/ctl\n"), build::all);
    }

    @Test
    void aConfigurationMayComeByAMount() throws IOException {
        for (String copy : List.of("""
                FROM debian:12
                RUN --mount=type=bind,source=supervisord.conf,target=/tmp/s.conf cp /tmp/s.conf /etc/supervisord.conf
                """, """
                FROM scratch AS files
                COPY supervisord.conf /in/
                FROM debian:12
                RUN --mount=from=files,source=/in,target=/in cp /in/supervisord.conf /etc/supervisord.conf
                """)) {
            MovedBuild build =
                    fresh("mounted").with("Dockerfile", copy + STARTS).move();
            String after = build.file("Dockerfile");
            assertEquals(0, build.code(), build::all);
            assertTrue(after.contains("COPY out/ /\n") && after.endsWith("CMD [\"/init\"]\n"), after);
            assertFalse(after.contains("cp /"), after);
            assertTrue(build.file("out/etc/pintle/services/web/service.conf").contains("command = web\n"), build::all);
        }
    }

    @Test
    void editsOfTheConfigurationAreSaidHoweverTheyAreMade() throws IOException {
        MovedBuild build = fresh("edits").with("Dockerfile", """
                FROM debian:12
                COPY supervisord.conf /etc/supervisor/conf.d/web.conf
                RUN find /etc/supervisor -name '*.conf' | xargs sed -i s/web/job/
                RUN find /etc/supervisor/conf.d -name '*.conf' -exec sed -i 's/web/job/' {} +
                RUN cd /etc/supervisor/conf.d && sed -i 's/web/job/' *.conf
                WORKDIR /etc/supervisor/conf.d
                RUN sed -i 's/web/job/' web.conf
                RUN for f in /etc/supervisor/conf.d/*.conf; do sed -i s/a/b/ $f; done
                RUN find / -name '*.conf' -exec sed -i 's/a/b/' {} +
                RUN crudini --set web.conf program:web command job
                CMD ["supervisord", "-n", "-c", "/etc/supervisor/conf.d/web.conf"]
                """).move();
        for (int line : List.of(3, 4, 5, 7, 8, 9, 10)) {
            build.notCarried("Dockerfile", line);
        }
        String after = build.file("Dockerfile");
        for (String gone : List.of("xargs", "cd /etc", "sed -i 's/web/job/'")) {
            assertFalse(after.contains(gone), after);
        }
        MovedBuild harmless = fresh("harmless").with("Dockerfile", """
                FROM debian:12
                COPY supervisord.conf /etc/supervisord.conf
                RUN find /etc/supervisord.conf | xargs sed -i 's/\\r$//'
                RUN cat /etc/supervisord.conf | grep nodaemon
                RUN find / -name '*.py' -exec sed -i 's/a/b/' {} +
                RUN cd /etc && sed -i 's/a/b/' nginx.conf
                """ + STARTS).move();
        for (int line : List.of(3, 4, 5, 6)) {
            assertFalse(harmless.has("Dockerfile", line, "not carried"), line + harmless.all());
        }
        assertTrue(harmless.file("Dockerfile").contains("RUN cd /etc && sed -i 's/a/b/' nginx.conf\n"), harmless::all);
    }

    @Test
    void branchesAndLoopsKeepACommand() throws IOException {
        for (Map.Entry<String, String> each : Map.of(
                        "if [ -n \"$X\" ]; then rm -f /etc/supervisord.conf; fi", "if [ -n \"$X\" ]; then true; fi",
                        "if A; then chmod 1 /etc/supervisord.conf; else chmod 2 /etc/supervisord.conf; fi; b",
                                "if A; then true; else true; fi; b",
                        "for f in a b; do chmod 644 /etc/supervisord.conf; use $f; done",
                                "for f in a b; do true; use $f; done",
                        "{ chmod 644 /etc/supervisord.conf; echo a; }", "{ true; echo a; }",
                        "if [ -n \"$X\" ]; then apt-get install -y supervisor; fi; b",
                                "if [ -n \"$X\" ]; then true; fi; b")
                .entrySet()) {
            MovedBuild build = MovedBuild.supervisord(
                            Files.createTempDirectory(directory, "branch"), "RUN " + each.getKey() + "\n" + STARTS)
                    .move();
            assertTrue(build.file("Dockerfile").contains("\nRUN " + each.getValue() + "\n"), build::all);
        }
    }

    @Test
    void stagesThatFilesAreCopiedFromAreLookedAt() throws IOException {
        MovedBuild build = fresh("input").with("Dockerfile", """
                        FROM debian:12 AS builder
                        RUN apt-get install -y supervisor && mkdir -p /var/log/supervisor
                        RUN echo '[program:late]' > /etc/supervisor/conf.d/late.conf
                        RUN echo 'supervisorctl restart web' > /tools/r.sh
                        RUN <<'E' cat > /tools/fg.sh
                        supervisorctl fg web
                        E
                        RUN ln -s /usr/bin/supervisorctl /tools/ctl
                        CMD ["supervisord"]
                        FROM debian:12 AS unused
                        RUN supervisorctl fg web
                        FROM debian:12
                        COPY --from=builder /tools /tools
                        COPY --from=builder /etc/supervisor /etc/supervisor
                        COPY supervisord.conf /etc/supervisord.conf
                        """ + STARTS).move();
        for (int line : List.of(3, 6, 8)) {
            build.notCarried("Dockerfile", line);
        }
        for (int line : List.of(2, 4, 9, 11)) {
            assertFalse(build.has("Dockerfile", line, "not carried"), line + build.all());
        }
        assertTrue(build.file("Dockerfile").contains("RUN echo 'pintle restart web' > /tools/r.sh\n"), build::all);
    }

    @Test
    void callsInVariablesAreTranslated() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        ENV RELOAD="supervisorctl restart web" TAIL='supervisorctl fg web'
                        ARG STOP="supervisorctl stop web"
                        ENV OLD supervisorctl signal HUP web
                        ENV CTL=supervisorctl UNREAD=supervisorctl
                        ENV PYTHON_RELOAD=supervisord
                        ENV CONF_RELOAD=supervisord
                        COPY a.sh b.py /
                        """ + STARTS)
                .with("a.sh", "#!/bin/sh\n$RELOAD\neval \"$OLD\"\n$CTL restart web\n")
                .with("b.py", "import os\nos.system(os.environ['PYTHON_RELOAD'])\n")
                .with(
                        "supervisord.conf",
                        MovedBuild.CONFIGURATION + "[program:late]\ncommand=sh -c %(ENV_CONF_RELOAD)s\n")
                .move();
        String after = build.file("Dockerfile");
        assertTrue(after.contains("ENV RELOAD=\"pintle restart web\" TAIL='supervisorctl fg web'\n"), after);
        assertTrue(after.contains("ARG STOP=\"pintle stop web\"\n"), after);
        assertTrue(after.contains("ENV OLD pintle signal web HUP\n"), after);
        for (int line : List.of(4, 7, 8, 9)) {
            build.notCarried("Dockerfile", line);
        }
        MovedBuild unread = MovedBuild.supervisord(
                        Files.createTempDirectory(directory, "unread"), "ENV UNREAD=supervisorctl\n" + STARTS)
                .move();
        assertTrue(unread.has("Dockerfile", 4, "kept"), unread::all);
    }

    @Test
    void whatAHeredocOfTheBuildDoesMayBeHarmless() throws IOException {
        MovedBuild build = MovedBuild.supervisord(directory, """
                        RUN <<EOF
                        mkdir -p /etc/supervisor/conf.d
                        supervisorctl fg web
                        EOF
                        """ + STARTS).move();
        assertTrue(!build.has("Dockerfile", 5, "not carried"), build::all);
        build.notCarried("Dockerfile", 6);
    }
}
