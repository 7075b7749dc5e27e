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

/** What README.md and docs/start.md begin with, a Dockerfile and two services: it builds as it is printed, and runs. */
@ExtendWith(MatrixExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReadmeIT {

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    void theFirstDockerfileBuildsAndRuns(Distribution distribution) throws IOException {
        assertBuildsAndRuns("README.md", List.of("web", "redis"), distribution);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    void theFirstFiveMinutesBuildAndRun(Distribution distribution) throws IOException {
        assertBuildsAndRuns("docs/start.md", List.of("clock", "greeter"), distribution);
    }

    private static void assertBuildsAndRuns(String page, List<String> services, Distribution distribution)
            throws IOException {
        List<String> lines = Files.readAllLines(Repository.path(page));
        Path tarball = Repository.tarball();
        ImageFromDockerfile image = new ImageFromDockerfile("pintle-test/printed-" + services.get(0), true)
                .withFileFromString("Dockerfile", PrintedDockerfile.here(block(lines, "```dockerfile"), distribution))
                .withFileFromPath(String.valueOf(tarball.getFileName()), tarball);
        for (String service : services) {
            String file = "services/" + service + "/service.conf";
            image.withFileFromString(file, String.join("\n", block(lines, "```ini " + file)) + "\n");
        }
        try (PintleContainer container = PintleContainer.ofImage(image.get()).startAndAwaitHealth()) {
            PintleContainer.Result status = container.pintle("status");
            assertEquals(0, status.exitCode(), status.output());
            for (String service : services) {
                assertTrue(status.output().contains(service + " "), status.output());
            }
            container.dockerStop();
            assertEquals(0, container.exitCode(), container.getLogs());
        }
    }

    /** The first block that begins with this line. */
    private static List<String> block(List<String> page, String begin) {
        int start = page.indexOf(begin);
        assertTrue(start >= 0, "the page has no " + begin);
        int length = page.subList(start, page.size()).indexOf("```");
        return page.subList(start + 1, start + length);
    }
}
