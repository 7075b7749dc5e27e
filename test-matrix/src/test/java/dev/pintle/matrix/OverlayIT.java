package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** ADD unpacks the overlay onto an image without touching what is there. */
class OverlayIT {

    /** Directories that are links on some distributions, or whose owner and mode are the image's own affair. */
    private static final String LOOK =
            "stat -c '%A %u:%g %N' / /bin /sbin /lib /usr /usr/bin /usr/lib /etc /run /var/run /tmp";

    @Scenario
    void directoriesAndLinksOfTheImageStayAsTheyWere(Distribution distribution) {
        String before = look(BaseImage.of(distribution).reference());
        assertTrue(before.lines().count() >= 10, before);
        assertEquals(before, look(Images.base(distribution)));
    }

    /** The base images have the page's program, which is in an archive of its own. */
    @Scenario
    void thePageOfABaseImageAnswers(Distribution distribution) {
        try (PintleContainer container = PintleContainer.ofImage(Images.base(distribution))
                .withEnv("PINTLE_WEB_LISTEN", "9001")
                .withCommand("sleep", "1000")
                .startAndAwaitHealth()) {
            container.eventually(
                    "the page answers",
                    () -> container
                                    .exec("pintle-check-http", "http://127.0.0.1:9001/health")
                                    .exitCode()
                            == 0);
            assertEquals(0, container.pintle("status", "pintle-web").exitCode());
        }
    }

    private static String look(String image) {
        try (PintleContainer container =
                PintleContainer.ofImage(image).created(command -> command.withEntrypoint("sh", "-c", LOOK))) {
            container.runToEnd();
            return container.getLogs();
        }
    }
}
