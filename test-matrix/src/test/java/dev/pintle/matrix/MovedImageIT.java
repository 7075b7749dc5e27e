package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** An image that was moved by its Dockerfile: what {@code pintle-convert} edits builds, starts and starts again. */
class MovedImageIT {

    private static final Path WORK = Path.of("target", "images").toAbsolutePath();

    @Scenario
    void startsAsBeforeWithInitInTheSupervisorsPlace(Distribution distribution) throws IOException {
        String image = moved(distribution);
        try (PintleContainer container = PintleContainer.ofImage(image).startAndAwaitHealth()) {
            assertEquals(1, container.initPid(), container.getLogs());
            assertTrue(
                    container.getLogs().contains("first: prepared by the entrypoint"),
                    () -> "what the entrypoint did first was not done: " + container.getLogs());
            // What the report tells people to type.
            for (String proof : List.of("status", "restart all", "health")) {
                PintleContainer.Result result = container.pintle(proof.split(" "));
                assertEquals(0, result.exitCode(), proof + ": " + result.output());
            }
        }
        assertEquals(
                List.of("CMD", "pintle", "health"),
                DockerClientFactory.instance()
                        .client()
                        .inspectImageCmd(image)
                        .exec()
                        .getConfig()
                        .getHealthcheck()
                        .getTest());
    }

    private static String moved(Distribution distribution) throws IOException {
        Path context = Files.createDirectories(WORK.resolve("moved-" + distribution));
        for (String file : List.of("Dockerfile", "entrypoint.sh", "supervisord.conf")) {
            Files.copy(
                    Path.of("src", "test", "images", "moved", file),
                    context.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path tarball = Repository.tarball();
        Files.copy(
                tarball, context.resolve(String.valueOf(tarball.getFileName())), StandardCopyOption.REPLACE_EXISTING);
        Command.run(
                Images.converter().toString(),
                "supervisord",
                "--dockerfile",
                context.resolve("Dockerfile").toString(),
                "-o",
                context.resolve("out").toString(),
                "--force",
                "--write");
        return new ImageFromDockerfile("pintle-test/moved-" + distribution, true)
                .withFileFromPath(".", context)
                .withBuildArg("BASE", BaseImage.of(distribution).reference())
                .get();
    }
}
