package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The first Dockerfile of README.md, with the services that stand below it: it builds as it is printed, and runs. */
class ReadmeIT {

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    @ExtendWith(MatrixExtension.class)
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theFirstDockerfileBuildsAndRuns(Distribution distribution) throws IOException {
        List<String> page = Files.readAllLines(Repository.path("README.md"));
        Path tarball = Repository.tarball();
        String dockerfile = PrintedDockerfile.here(block(page, "```dockerfile"), distribution);
        ImageFromDockerfile image = new ImageFromDockerfile("pintle-test/readme", true)
                .withFileFromString("Dockerfile", dockerfile)
                .withFileFromPath(String.valueOf(tarball.getFileName()), tarball);
        for (String name : List.of("services/web/service.conf", "services/redis/service.conf")) {
            image.withFileFromString(name, String.join("\n", block(page, "```ini " + name)) + "\n");
        }
        try (PintleContainer container = PintleContainer.ofImage(image.get()).startAndAwaitHealth()) {
            PintleContainer.Result status = container.pintle("status");
            assertEquals(0, status.exitCode(), status.output());
            assertTrue(status.output().contains("web "), status.output());
            assertTrue(status.output().contains("redis "), status.output());
            container.dockerStop();
            assertEquals(0, container.exitCode(), container.getLogs());
        }
    }

    /** The first block that begins with this line. */
    private static List<String> block(List<String> page, String begin) {
        int start = page.indexOf(begin);
        assertTrue(start >= 0, "README.md has no " + begin);
        int length = page.subList(start, page.size()).indexOf("```");
        return page.subList(start + 1, start + length);
    }
}
