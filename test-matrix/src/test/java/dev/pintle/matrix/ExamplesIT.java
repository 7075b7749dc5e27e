package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The directories of {@code examples} that have a Dockerfile: each builds as it is, does what its README says, and stops in order. */
@ExtendWith(MatrixExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExamplesIT {

    private static final int PORT = 8080;
    /** One request after another until the application has been started again: each is answered. */
    private static final String REQUESTS_DURING_A_RESTART = """
        pintle restart app && : >/tmp/restarted &
        until [ -e /tmp/restarted ]; do
          pintle-check-http http://127.0.0.1:8080/ || exit 1
        done
        wait
        pintle status app | grep -c "1 restart" | grep -qx 2
        """;

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    void nginxServesWhatTheApplicationSays(Distribution distribution) throws IOException {
        try (PintleContainer container = start("nginx-app", distribution)) {
            awaitAnswer(container, "/", "served by app");
            assertEquals(
                    2,
                    container.pintle("status", "app").output().lines().skip(1).count());
            PintleContainer.Result requests = container.sh(REQUESTS_DURING_A_RESTART);
            assertEquals(0, requests.exitCode(), requests.output());
            stop(container);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    void workersDoTheJobsThatTheWebProgramMakes(Distribution distribution) throws IOException {
        try (PintleContainer container = start("redis-worker", distribution)) {
            awaitAnswer(container, "/finished", "\r\n\r\n0\n");
            awaitAnswer(container, "/letter", "200 OK");
            container.eventually(
                    "a finished job",
                    () -> !container
                            .sh("redis-cli GET finished")
                            .output()
                            .strip()
                            .equals("0"));
            assertTrue(container.getLogs().contains("working on letter"), container.getLogs());
            assertTrue(container.pintle("tree", "worker").output().contains("migrate  done"));
            stop(container);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "ALPINE")
    void cronWritesWhatHttpdServes(Distribution distribution) throws IOException {
        try (PintleContainer container = start("cron", distribution)) {
            awaitAnswer(container, "/", "UTC");
            String first = container.sh("cat /srv/www/index.html").output();
            // After two waits, a full minute has begun.
            for (int waits = 0; waits < 2 && reports(container) < 2; waits++) {
                container.exec("sleep", "31");
            }
            container.eventually("a second report", () -> reports(container) >= 2);
            assertNotEquals(first, container.sh("cat /srv/www/index.html").output());
            stop(container);
        }
    }

    private static long reports(PintleContainer container) {
        return container.getLogs().lines().filter("report: written"::equals).count();
    }

    /** Builds and starts an example, with its services up. */
    private static PintleContainer start(String example, Distribution distribution) throws IOException {
        Path folder = Repository.path("examples/" + example);
        Path tarball = Repository.tarball();
        List<String> dockerfile = Files.readAllLines(folder.resolve("Dockerfile"));
        ImageFromDockerfile image = new ImageFromDockerfile("pintle-test/example-" + example, true)
                .withFileFromString("Dockerfile", PrintedDockerfile.here(dockerfile, distribution))
                .withFileFromPath(String.valueOf(tarball.getFileName()), tarball);
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !file.endsWith("Dockerfile"))
                    .forEach(file -> image.withFileFromPath(String.valueOf(file.getFileName()), file));
        }
        PintleContainer container = PintleContainer.ofImage(image.get());
        container.addExposedPorts(PORT);
        return container.startAndAwaitHealth();
    }

    private static void awaitAnswer(PintleContainer container, String path, String text) {
        Probe probe = new Probe.TcpProbe(PORT, "GET " + path + " HTTP/1.0\r\n\r\n", text);
        container.eventually(path + " with " + text, () -> probe.passes(container));
    }

    private static void stop(PintleContainer container) {
        container.dockerStop();
        assertEquals(0, container.exitCode(), container.getLogs());
    }
}
