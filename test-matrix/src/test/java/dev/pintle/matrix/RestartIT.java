package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pintle.matrix.Distribution.Service;
import java.util.HashMap;
import java.util.Map;

/** What dies is started again, and nothing else is touched. */
class RestartIT {

    @Scenario
    void killedServiceComesBackWithANewPid(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            for (Service service : distribution.services()) {
                Map<String, Integer> before = pids(distribution, container);
                int pid = container.pidOf(service);
                assertNotEquals(0, pid, service.name() + " has no process");
                assertEquals(0, container.sh("kill -9 " + pid).exitCode());
                int after = container.awaitNewPid(service, pid);
                container.awaitWork(service);
                before.put(service.name(), after);
                assertEquals(before, pids(distribution, container), "pids after " + service.name() + " was killed");
            }
        }
    }

    private static Map<String, Integer> pids(Distribution distribution, PintleContainer container) {
        Map<String, Integer> pids = new HashMap<>();
        for (Service service : distribution.services()) {
            pids.put(service.name(), container.pidOf(service));
        }
        return pids;
    }
}
