package dev.pintle.convert.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands of the build do to files by paths that are not from the root, and in the exec form. */
class RelativePathsTest {

    @TempDir
    private Path directory = Path.of("");

    private MovedBuild runit(String commands) throws IOException {
        return new MovedBuild(Files.createTempDirectory(directory, "relative"))
                .runit()
                .with("service/web/run", "#!/bin/sh\nexec web\n")
                .with("service/job/run", "#!/bin/sh\nexec job\n")
                .with("sv/far/run", "#!/bin/sh\nexec far\n")
                .with("sv/near/run", "#!/bin/sh\nexec near\n")
                .with(
                        "Dockerfile",
                        "FROM debian:12\nENV SVDIR=/etc/service\nRUN apt-get install -y runit\nCOPY service /etc/service\n"
                                + commands + "CMD [\"runsvdir\", \"/etc/service\"]\n")
                .move();
    }

    private static boolean isOff(MovedBuild build, String name) throws IOException {
        return build.file("out/etc/pintle/services/" + name + "/service.conf").contains("autostart = no");
    }

    @Test
    void serviceIsDisabledWhereverTheCommandIsRun() throws IOException {
        for (String commands : List.of(
                "RUN touch /etc/service/web/down\n",
                "WORKDIR /etc/service\nRUN touch web/down\n",
                "WORKDIR /etc\nWORKDIR service/web\nRUN touch ./down\n",
                "WORKDIR \"/etc/service\"\nRUN touch web/down\n",
                "RUN cd /etc/service && touch web/down\n",
                "RUN cd /etc && (cd service && : > web/down) && rm -f service/job/down\n",
                "WORKDIR /etc/service\nRUN [\"touch\", \"web/down\"]\n",
                "RUN [\"/bin/sh\", \"-c\", \"cd /etc/service && touch \\\"web/down\\\"\"]\n",
                "WORKDIR /etc/service/job\nRUN <<EOF\ntouch ../web/down\nEOF\n",
                "RUN cd \"$SVDIR\" && cp /dev/null web/down\n",
                "RUN cd /etc/service && for s in web; do touch $s/down; done\n",
                "RUN touch /etc/service/w*/down\n",
                "WORKDIR /etc/service\nRUN touch web/off && mv web/off web/down\n")) {
            MovedBuild build = runit(commands);
            assertTrue(isOff(build, "web"), () -> commands + build.all());
            assertTrue(!isOff(build, "job"), () -> commands + build.all());
        }
    }

    @Test
    void serviceIsEnabledWhereverTheCommandIsRun() throws IOException {
        for (String commands : List.of(
                "WORKDIR /etc/service\nRUN rm -f web/down\n",
                "RUN cd /etc/service/web && rm down\n",
                "RUN [\"rm\", \"-f\", \"/etc/service/web/down\"]\n",
                "RUN cd /etc/service && mv web/down web/down.off\n",
                "RUN rm /etc/service/*/down\n")) {
            MovedBuild build = runit("RUN touch /etc/service/web/down\n" + commands);
            assertTrue(!isOff(build, "web"), () -> commands + build.all());
        }
    }

    @Test
    void linksAreFollowedWhereverTheyAreMade() throws IOException {
        for (String commands : List.of(
                "RUN ln -s /etc/sv/far /etc/service/far\n",
                "RUN ln -s /etc/sv/far /etc/service\n",
                "WORKDIR /etc/service\nRUN ln -s /etc/sv/far .\n",
                "WORKDIR /etc/service\nRUN ln -s ../sv/far\n",
                "RUN cd /etc/service && ln -sfn ../sv/far far\n",
                "RUN ln -s -t /etc/service /etc/sv/far\n",
                "RUN ln -s /etc/sv/f* /etc/service/\n",
                "RUN [\"ln\", \"-s\", \"/etc/sv/far\", \"/etc/service/\"]\n")) {
            MovedBuild build = runit("COPY sv /etc/sv\n" + commands);
            assertEquals(List.of("far", "job", "web"), build.services(), () -> commands + build.all());
        }
        for (String place : List.of("/opt/sv", "/svc", "/app/docker/runit")) {
            MovedBuild build = runit("COPY sv " + place + "\nRUN ln -s " + place + "/far /etc/service/far\n");
            assertEquals(List.of("far", "job", "web"), build.services(), () -> place + build.all());
            assertTrue(!build.all().contains("which is not here"), build::all);
        }
        MovedBuild both = runit("COPY sv /etc/sv\nRUN ln -s /etc/sv/far /etc/sv/near /etc/service/\n");
        assertEquals(List.of("far", "job", "near", "web"), both.services(), both::all);
    }

    @Test
    void servicesThatGoAreSaid() throws IOException {
        for (String commands : List.of(
                "WORKDIR /etc/service\nRUN rm -rf web\n",
                "RUN cd /etc/service && rm -r web\n",
                "RUN [\"rm\", \"-rf\", \"/etc/service/web\"]\n",
                "WORKDIR /etc/service\nRUN [\"rm\", \"-rf\", \"web\"]\n",
                "RUN [\"sh\", \"-c\", \"cd /etc/service; rm -rf \\\"web\\\"\"]\n",
                "RUN cd /etc/service && mv web /tmp/\n")) {
            MovedBuild build = runit(commands);
            assertTrue(build.all().contains("it removes /etc/service/web/run"), () -> commands + build.all());
        }
    }

    @Test
    void execFormThatTouchesTheConfigurationIsSaid() throws IOException {
        for (String command : List.of(
                "[\"sh\", \"-c\", \"sed -i 's/web/job/' /app/supervisord.conf\"]",
                "[\"bash\", \"-ec\", \"sed -i \\\"s/web/job/\\\" /app/supervisord.conf\"]",
                "[\"sed\", \"-i\", \"s/web/job/\", \"/app/supervisord.conf\"]",
                "[\"sh\", \"-c\", \"cd /app && echo user=x >> supervisord.conf\"]",
                "[\"cp\", \"/other.conf\", \"/app/supervisord.conf\"]")) {
            MovedBuild build = MovedBuild.dockerfile(
                            Files.createTempDirectory(directory, "exec"),
                            "FROM debian:12\nCOPY . /app\nRUN " + command
                                    + "\nCMD [\"supervisord\", \"-n\", \"-c\", \"/app/supervisord.conf\"]\n")
                    .with("tool.sh", "#!/bin/sh\ntrue\n")
                    .move();
            build.notCarried("Dockerfile", 3);
        }
    }

    @Test
    void execFormOfAShellIsEditedWhereItIsPlain() throws IOException {
        MovedBuild build = MovedBuild.supervisord(Files.createTempDirectory(directory, "plain"), """
                                RUN ["sh", "-c", "apt-get update && apt-get install -y cron supervisor"]
                                HEALTHCHECK CMD ["sh", "-c", "supervisorctl status web || exit 1"]
                                CMD ["supervisord", "-n"]
                                """)
                .move();
        String after = build.file("Dockerfile");
        assertTrue(after.contains("RUN [\"sh\", \"-c\", \"apt-get update && apt-get install -y cron\"]\n"), build::all);
        assertTrue(after.contains("CMD [\"sh\", \"-c\", \"pintle status web || exit 1\"]\n"), build::all);
    }

    @Test
    void commandsOnWhatIsGoneGoWithIt() throws IOException {
        for (String commands : List.of(
                "WORKDIR /etc/service\nRUN mkdir two && cp web/run two/run\n",
                "WORKDIR /etc/service\nRUN chmod +x web/run\n",
                "WORKDIR /etc/service\nRUN touch web/down\n",
                "RUN cd /etc/service && touch web/down && chmod 755 web/run\n",
                "RUN cd /etc/service/web && touch down\n",
                "RUN cd /etc/service && cd web && touch down\n")) {
            MovedBuild build = runit(commands);
            String after = build.file("Dockerfile");
            assertTrue(!after.contains("cp ") && !after.contains("touch") && !after.contains("chmod"), () -> after);
            assertTrue(!build.all().contains("the build would need"), () -> commands + build.all());
        }
        MovedBuild stays = runit("RUN cd /etc/service/web && tool --here\n");
        assertTrue(stays.all().contains("the build would need"), stays::all);
    }

    @Test
    void anotherNameForTheDirectoryOfServicesIsNoServiceOfItsOwn() throws IOException {
        for (String link :
                List.of("-s /etc/service /service", "-sfn /etc/service /service", "-s /etc/service /var/service")) {
            MovedBuild build = runit("RUN ln " + link + "\n");
            assertEquals(List.of("job", "web"), build.services(), build::all);
        }
    }
}
