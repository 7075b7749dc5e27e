package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** CMD as the main program: it begins when the services are ready, and its end is the container's. */
class MainIT {

    @Scenario
    void exitCodeOfMainIsTheContainers(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).withCommand("sh", "-c", "exit 7")) {
            container.runToEnd();
            assertEquals(7, container.exitCode(), container.getLogs());
        }
    }

    @Scenario
    void signalThatEndsMainIs128AndItsNumber(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).withCommand("sh", "-c", "kill -9 $$")) {
            container.runToEnd();
            assertEquals(128 + 9, container.exitCode(), container.getLogs());
        }
    }

    @Scenario
    void mainBeginsWhenServicesAreReadyAndTheyStopAfterIt(Distribution distribution) {
        String worker = distribution.worker().name();
        // Ready is what has executed: the shell of the worker needs a moment more until it handles its stop.
        try (PintleContainer container =
                PintleContainer.of(distribution).withCommand("sh", "-c", "sleep 1; pintle status " + worker)) {
            container.runToEnd();
            String log = container.getLogs();
            assertEquals(0, container.exitCode(), log);
            int main = log.indexOf(worker + " ");
            assertTrue(log.indexOf("worker started") >= 0, log);
            assertTrue(main >= 0 && log.indexOf("worker stopped") > main, log);
        }
    }

    @Scenario
    void mainThatIsStoppedGivesItsCode(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution)
                .withCommand("sh", "-c", "trap 'exit 3' TERM; echo main runs; while :; do sleep 0.1; done")) {
            container.startAndAwaitHealth();
            container.eventually("main runs", () -> container.getLogs().contains("main runs"));
            container.dockerStop();
            assertEquals(3, container.exitCode(), container.getLogs());
        }
    }
}
