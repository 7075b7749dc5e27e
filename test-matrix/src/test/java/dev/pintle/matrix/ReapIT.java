package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;

/** No zombies. */
class ReapIT {

    @Scenario
    void orphansAreReaped(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).startAndAwaitHealth()) {
            // The parents of these end at once; PID 1 inherits them.
            container.sh("for i in 1 2 3 4 5 6 7 8 9 10; do (sleep 9.25 &) ; done");
            container.eventually(
                    "ten orphans below PID 1",
                    () -> container.processes().children(1, "sleep 9.25").size() == 10);
            container.eventually(
                    "all orphans have ended",
                    () -> container.processes().children(1, "sleep 9.25").isEmpty());
            assertNoZombieLasts(container);
        }
    }

    @Scenario
    void orphansOfServicesAreReapedAtAnyPid(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).runWith(host -> host.withInit(true))) {
            container.startAndAwaitHealth();
            int init = container.initPid();
            assertTrue(init > 1, "docker run --init takes PID 1 for itself");
            // The worker leaves an orphan behind every second, which lives for longer: one is there whenever it is
            // looked for.
            container.eventually(
                    "an orphan of the worker is the init's child",
                    () -> !container.processes().children(init, "sleep 1.5").isEmpty());
            assertNoZombieLasts(container);
        }
    }

    /** One that has just ended may still wait for its turn; one that is there in two looks has been forgotten. */
    private static void assertNoZombieLasts(PintleContainer container) throws AssertionError {
        Set<Integer> before = container.processes().zombies();
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Set<Integer> lasting = new HashSet<>(container.processes().zombies());
        lasting.retainAll(before);
        assertEquals(Set.of(), lasting, "zombies");
    }
}
