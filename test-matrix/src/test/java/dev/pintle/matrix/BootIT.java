package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.matrix.Distribution.Service;
import java.util.List;
import org.testcontainers.DockerClientFactory;

/** A container comes up, and everything in it works. */
class BootIT {

    @Scenario
    void everyServiceBecomesReadyAndWorks(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            PintleContainer.Result status = container.pintle("status");
            assertEquals(0, status.exitCode(), status.output());
            for (Service service : distribution.services()) {
                assertTrue(status.output().contains(service.name()), status.output());
                container.awaitWork(service);
            }
        }
    }

    @Scenario
    void onePid1AndNoOtherProcessOfOurs(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            List<ProcessTable.Entry> own = container.processes().own();
            assertEquals(1, own.size(), own.toString());
            assertEquals(1, own.get(0).pid());
        }
    }

    @Scenario
    void successIsSilent(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            assertFalse(container.getLogs().contains("pintle:"), container.getLogs());
        }
    }

    @Scenario
    void healthcheckOfTheImagePasses(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            List<String> test = DockerClientFactory.instance()
                    .client()
                    .inspectImageCmd(Images.base(distribution))
                    .exec()
                    .getConfig()
                    .getHealthcheck()
                    .getTest();
            assertEquals("CMD", test.get(0));
            String[] command = test.subList(1, test.size()).toArray(new String[0]);
            PintleContainer.Result result = container.exec(command);
            assertEquals(0, result.exitCode(), result.output());
        }
    }

    @Scenario
    void imageWithoutServicesRunsItsCommand(Distribution distribution) {
        try (PintleContainer container =
                PintleContainer.ofImage(Images.base(distribution)).withCommand("sh", "-c", "exit 5")) {
            container.runToEnd();
            assertEquals(5, container.exitCode(), container.getLogs());
        }
    }
}
