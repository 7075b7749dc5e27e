package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

/** A container stops in order, soon, and with the right code. */
class StopIT {

    /** Half of what docker stop waits before it kills. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @Scenario
    void dockerStopIsOrderlyAndSoon(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            Duration time = container.dockerStop();
            assertEquals(0, container.exitCode(), container.getLogs());
            assertTrue(time.compareTo(SOON) < 0, "docker stop took " + time);
            assertSaidFarewell(distribution, container);
        }
    }

    @Scenario
    void pintleShutdownEndsTheContainer(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            // Its own exit code says little: the command is in the container, and may end with it.
            container.pintle("shutdown");
            container.eventually("the end of the container", () -> !container.isRunning());
            assertEquals(0, container.exitCode(), container.getLogs());
            assertSaidFarewell(distribution, container);
        }
    }

    private static void assertSaidFarewell(Distribution distribution, PintleContainer container) {
        String log = container.getLogs();
        for (String farewell : distribution.farewells()) {
            assertTrue(log.contains(farewell), "no \"" + farewell + "\" in:\n" + log);
        }
    }
}
