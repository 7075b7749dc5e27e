package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The image that was made without an engine: others read it, and engines load it, copy from it and run it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ImageIT {

    private static final String NAME = "pintle:" + Repository.version();

    private static final String COPIES = """
            ARG BASE
            ARG PINTLE
            FROM ${PINTLE} AS pintle
            FROM ${BASE}
            COPY --from=pintle / /
            COPY service.conf /etc/pintle/services/sleeper/
            LABEL dev.pintle.test=services
            ENTRYPOINT ["/init"]
            """;

    private static String archive(String end) {
        return Release.file("pintle-image-" + Repository.version() + end).toString();
    }

    private static final class Loaded {
        static final String OUTPUT =
                Command.run("docker", "load", "-i", archive("-" + Repository.architecture() + ".docker.tar"));
    }

    /** Nothing of the tests has the name that users give to theirs for longer than it takes. */
    @AfterAll
    static void unload() {
        if ("present".equals(System.getenv("PINTLE_DOCKER"))) {
            Command.run("sh", "-c", "docker rmi -f \"$0\" 2>/dev/null || true", NAME);
        }
    }

    /** Its one layer is the tarball itself. */
    @Test
    void theLayoutHasEachTarballForItsArchitecture() {
        String layout = "oci-archive:" + archive(".oci.tar") + ":" + Repository.version();
        List<String> tarballs = Release.names().stream()
                .filter(name -> name.startsWith("pintle-overlay-") && name.endsWith(".tar.gz"))
                .toList();
        assertTrue(!tarballs.isEmpty());
        for (String tarball : tarballs) {
            String architecture =
                    tarball.substring(tarball.lastIndexOf('-') + 1).replace(".tar.gz", "");
            Json image = Json.parse(Command.run("skopeo", "inspect", "--override-arch", architecture, layout));
            String sum =
                    Command.run("sha256sum", Release.file(tarball).toString()).substring(0, 64);
            assertEquals(List.of("sha256:" + sum), image.list("Layers"));
            assertEquals(architecture, image.text("Architecture"));
            assertEquals(Repository.version(), image.object("Labels").text("org.opencontainers.image.version"));
        }
    }

    @Scenario
    void isCopiedFrom(Distribution distribution) {
        assertTrue(Loaded.OUTPUT.contains(NAME), Loaded.OUTPUT);
        String image = new ImageFromDockerfile("pintle-test/copied-" + distribution, true)
                .withFileFromString("Dockerfile", COPIES)
                .withFileFromString("service.conf", "command = sleep 1000\n")
                .withBuildArg("BASE", BaseImage.of(distribution).reference())
                .withBuildArg("PINTLE", NAME)
                .get();
        try (PintleContainer container = PintleContainer.ofImage(image).startAndAwaitHealth()) {
            String status = container.pintle("status").output();
            assertTrue(status.contains("sleeper"), status);
        }
    }

    /** There is no other program in it. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    @ExtendWith(MatrixExtension.class)
    void runsByItself(Distribution distribution) {
        assertTrue(Loaded.OUTPUT.contains(NAME), Loaded.OUTPUT);
        try (PintleContainer container = PintleContainer.ofImage(NAME).withCommand("/usr/bin/pintle", "version")) {
            container.runToEnd();
            assertEquals(0, container.exitCode(), container.getLogs());
            assertTrue(container.getLogs().contains("pintle " + Repository.version()), container.getLogs());
        }
    }
}
