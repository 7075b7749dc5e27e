package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.testcontainers.images.builder.Transferable;

/** A wrong layout starts nothing, and everything that is wrong is said at once. */
class BadLayoutIT {

    private static final int BAD_LAYOUT = 100;

    @Scenario
    void everyErrorIsReportedAndTheExitCodeIs100(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution)
                .withCopyToContainer(
                        Transferable.of("command = sleep 1000\nrestrat = always\n"),
                        "/etc/pintle/services/misspelt/service.conf")
                .withCopyToContainer(
                        Transferable.of("command = sleep 1000\ndepends_on = nobody-there\n"),
                        "/etc/pintle/services/lonely/service.conf")) {
            container.runToEnd();
            String log = container.getLogs();
            assertEquals(BAD_LAYOUT, container.exitCode(), log);
            assertTrue(log.contains("misspelt/service.conf:2:"), log);
            assertTrue(log.contains("restart"), "no hint in:\n" + log);
            assertTrue(log.contains("lonely/service.conf:2:"), log);
            assertTrue(log.contains("nobody-there"), log);
            assertTrue(!log.contains("worker started"), "something was started:\n" + log);
        }
    }
}
