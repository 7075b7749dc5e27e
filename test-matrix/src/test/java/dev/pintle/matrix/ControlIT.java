package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.matrix.Distribution.Service;
import dev.pintle.matrix.PintleContainer.Result;

/** The pintle command inside a running container. */
class ControlIT {

    private static final int NOT_RUNNING = 3;
    private static final int NO_SUCH_SERVICE = 4;

    @Scenario
    void stoppedServiceStaysDownUntilStarted(Distribution distribution) throws InterruptedException {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            Service service = distribution.services().get(0);
            succeed(container, "stop", service.name());
            assertEquals(0, container.pidOf(service), "a process is left after stop");
            // Longer than any restart would take to come.
            Thread.sleep(1500);
            assertEquals(0, container.pidOf(service), "it came back by itself");
            Result status = container.pintle("status", service.name());
            assertEquals(NOT_RUNNING, status.exitCode(), status.output());

            succeed(container, "start", service.name());
            container.awaitNewPid(service, 0);
            container.awaitWork(service);
            container.eventually(
                    "status of a started service is 0",
                    () -> container.pintle("status", service.name()).exitCode() == 0);
        }
    }

    @Scenario
    void restartGivesANewProcess(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            for (Service service : distribution.services()) {
                int before = container.pidOf(service);
                assertNotEquals(0, before);
                succeed(container, "restart", service.name());
                container.awaitNewPid(service, before);
                container.awaitWork(service);
            }
        }
    }

    @Scenario
    void unknownServiceIsAnError(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            Result result = container.pintle("stop", "no-such-service");
            assertEquals(NO_SUCH_SERVICE, result.exitCode(), result.output());
            assertTrue(result.output().contains("no-such-service"), result.output());
        }
    }

    @Scenario
    void checkFindsNothingWrongWithWhatTheConverterWrote(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            succeed(container, "check");
        }
    }

    private static void succeed(PintleContainer container, String... arguments) {
        Result result = container.pintle(arguments);
        assertEquals(0, result.exitCode(), String.join(" ", arguments) + ": " + result.output());
    }
}
