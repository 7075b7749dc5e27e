package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ignore file or {@code COPY --exclude} leaves out of the image is no service of it. */
class LeftOutFilesTest {

    private static final String MAIN = "[supervisord]\nnodaemon=true\n[include]\nfiles=/etc/supervisor/conf.d/*.conf\n";

    @TempDir
    private Path directory = Path.of("");

    private static String program(String name) {
        return "[program:" + name + "]\ncommand=" + name + "\nstdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0\n"
                + "redirect_stderr=true\n";
    }

    private MovedBuild build(String copy) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, "left"))
                .with("main.conf", MAIN)
                .with("conf.d/web.conf", program("web"))
                .with("conf.d/dev.conf", program("dev"))
                .with(
                        "Dockerfile",
                        "FROM debian:12\nRUN apt-get install -y supervisor\nCOPY main.conf /etc/supervisord.conf\n"
                                + copy + "\nCMD [\"supervisord\", \"-n\", \"-c\", \"/etc/supervisord.conf\"]\n");
    }

    private static void services(MovedBuild build, String... names) {
        assertEquals(0, build.code(), build::all);
        assertEquals(List.of(names), build.services(), build::all);
    }

    @Test
    void programsThatAnIgnoreFileLeavesOutAreNoServices() throws IOException {
        for (String text : List.of(
                "conf.d/dev.conf\n",
                "/conf.d/dev.conf\n",
                "# dev.conf\n  conf.d/d*  \n",
                "**/dev.conf\n",
                "**/d?v.conf\n",
                "conf.d/[c-e]ev.conf\n",
                "conf.d/./x/../dev.conf\n",
                "\uFEFFconf.d/dev.conf\n",
                "conf.d/*\n!conf.d/web.conf\n",
                "*\n!main.conf\n!conf.d/w*\n",
                "conf.d\n!**/web.conf\n",
                "!conf.d/dev.conf\n*/dev.conf\r\n")) {
            for (String copy : List.of(
                    "COPY conf.d /etc/supervisor/conf.d/",
                    "COPY conf.d/*.conf /etc/supervisor/conf.d/",
                    "COPY conf.d/ /etc/supervisor/conf.d",
                    "ADD . /app\nRUN mkdir -p /etc/supervisor/conf.d && cp /app/conf.d/*.conf /etc/supervisor/conf.d/",
                    "RUN --mount=type=bind,source=conf.d,target=/in cp /in/*.conf /etc/supervisor/conf.d/")) {
                services(build(copy).with(".dockerignore", text).move(), "web");
            }
        }
    }

    @Test
    void whatNoPatternLeavesOutStays() throws IOException {
        for (String text : List.of(
                "",
                "#conf.d/dev.conf\n",
                "dev.conf\n",
                "conf.d/*/dev.conf\n",
                "conf.d/dev.con\n",
                "conf.d\n!conf.d\n",
                "**/*.conf\n!**/*.conf\n",
                "conf.d/de\\v.conf.bak\n",
                "conf.d/[\n")) {
            services(
                    build("COPY conf.d /etc/supervisor/conf.d/")
                            .with(".dockerignore", text)
                            .move(),
                    "dev",
                    "web");
        }
    }

    @Test
    void dockerfilesOwnIgnoreFileGoesBeforeTheContexts() throws IOException {
        services(
                build("COPY conf.d /etc/supervisor/conf.d/")
                        .with(".dockerignore", "conf.d/web.conf\n")
                        .with("Dockerfile.dockerignore", "conf.d/dev.conf\n")
                        .move(),
                "web");
    }

    @Test
    void programsThatCopyExcludesAreNoServices() throws IOException {
        for (String copy : List.of(
                "COPY --exclude=dev.conf conf.d /etc/supervisor/conf.d/",
                "COPY --exclude=d*.conf conf.d/*.conf /etc/supervisor/conf.d/",
                "COPY --exclude=x --exclude=**/dev.conf conf.d /etc/supervisor/conf.d/",
                "COPY --exclude=conf.d/dev.conf . /app/\nRUN ln -s /app/conf.d/*.conf /etc/supervisor/conf.d/",
                "ADD --exclude=*.conf --exclude=!web.conf conf.d /etc/supervisor/conf.d/")) {
            services(build(copy).move(), "web");
        }
        MovedBuild staged = build("COPY --from=0 --exclude=dev.conf /c/conf.d /etc/supervisor/conf.d/");
        services(
                staged.with("Dockerfile", "FROM scratch\nCOPY conf.d /c/conf.d\n" + staged.text("Dockerfile"))
                        .move(),
                "web");
    }

    @Test
    void parentsOfWhatIsCopiedAreMade() throws IOException {
        for (Map.Entry<String, String> each : Map.of(
                        "COPY --parents conf.d/web.conf /etc/supervisor/", "web",
                        "COPY --parents x/./conf.d /etc/supervisor/", "far")
                .entrySet()) {
            services(
                    build(each.getKey())
                            .with("x/conf.d/far.conf", program("far"))
                            .move(),
                    each.getValue());
        }
    }

    @Test
    void servicesOfRunitAreLeftOutToo() throws IOException {
        for (String text : List.of("service/dev\n", "service/*\n!service/web\n", "**/dev/run\n")) {
            MovedBuild build = new MovedBuild(Files.createTempDirectory(directory, "runit"))
                    .runit()
                    .with("service/web/run", "#!/bin/sh\nexec web\n")
                    .with("service/dev/run", "#!/bin/sh\nexec dev\n")
                    .with(".dockerignore", text)
                    .with("Dockerfile", """
                                    FROM debian:12
                                    RUN apt-get install -y runit
                                    COPY service /etc/service
                                    CMD ["runsvdir", "/etc/service"]
                                    """)
                    .move();
            services(build, "web");
        }
    }

    @Test
    void scriptThatIsLeftOutIsNotEdited() throws IOException {
        MovedBuild build = build("COPY conf.d /etc/supervisor/conf.d/\nCOPY . /app")
                .with("bin/tool.sh", "#!/bin/sh\nsupervisorctl restart web\n")
                .with("bin/other.sh", "#!/bin/sh\nsupervisorctl restart web\n")
                .with(".dockerignore", "bin/tool.sh\n")
                .move();
        assertEquals("#!/bin/sh\nsupervisorctl restart web\n", build.file("bin/tool.sh"), build::all);
        assertTrue(build.file("bin/other.sh").contains("pintle restart web"), build::all);
    }
}
