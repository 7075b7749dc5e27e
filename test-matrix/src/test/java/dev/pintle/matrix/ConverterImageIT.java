package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The converter's own image as the first stage of a build. */
class ConverterImageIT {

    private static final Path WORK = Path.of("target", "images").toAbsolutePath();

    private static final String TWO_STAGES = """
            ARG CONVERTER
            ARG BASE
            FROM ${CONVERTER} AS services
            COPY supervisord.conf /in/
            RUN pintle-convert supervisord /in/supervisord.conf -o /out --report /report.html
            RUN grep -q archive /opt/pintle-convert/pintle-convert && test -s /opt/pintle-convert/pintle-convert.jsa

            FROM ${BASE}
            COPY --from=services /overlay/ /
            COPY --from=services /out/ /
            COPY --from=services /report.html /report.html
            RUN mkdir -p /srv && echo "prepared by the build" >/srv/prepared && pintle check
            LABEL dev.pintle.test=services
            ENTRYPOINT ["/init"]
            """;

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    @ExtendWith(MatrixExtension.class)
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void convertsInAStageOfItsOwn(Distribution distribution) {
        String base = BaseImage.of(distribution).reference();
        Path context = WORK.resolve("converter");
        Command.run(Repository.path("scripts/converter-image").toString(), context.toString());
        String converter = new ImageFromDockerfile("pintle-test/converter-" + distribution, true)
                .withFileFromPath(".", context)
                .withBuildArg("BASE", base)
                .get();
        String image = new ImageFromDockerfile("pintle-test/two-stages-" + distribution, true)
                .withFileFromString("Dockerfile", TWO_STAGES)
                .withFileFromPath("supervisord.conf", Path.of("src", "test", "images", "moved", "supervisord.conf"))
                .withBuildArg("CONVERTER", converter)
                .withBuildArg("BASE", base)
                .get();
        try (PintleContainer container = PintleContainer.ofImage(image).startAndAwaitHealth()) {
            assertEquals(0, container.pintle("status").exitCode(), container.getLogs());
            assertTrue(container.getLogs().contains("first: prepared by the build"), container.getLogs());
            assertEquals(0, container.sh("test -s /report.html").exitCode());
        }
    }
}
