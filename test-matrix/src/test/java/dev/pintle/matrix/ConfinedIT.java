package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.github.dockerjava.api.model.Capability;
import dev.pintle.matrix.Distribution.Service;
import java.util.Map;
import org.testcontainers.images.builder.Transferable;

/** Containers that are given less than usual: no root, no place to write, not PID 1. */
class ConfinedIT {

    @Scenario
    void worksWithoutRoot(Distribution distribution) {
        try (PintleContainer container =
                PintleContainer.of(distribution).created(command -> command.withUser("1000:1000"))) {
            assertEverythingWorks(distribution, container);
        }
    }

    @Scenario
    void worksOnAReadOnlyRoot(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution)
                .runWith(host -> host.withReadonlyRootfs(true).withTmpFs(Map.of("/tmp", "mode=1777")))) {
            assertEverythingWorks(distribution, container);
        }
    }

    @Scenario
    void worksWithoutRootOnAReadOnlyRoot(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution)
                .created(command -> command.withUser("1000:1000"))
                .runWith(host -> host.withReadonlyRootfs(true).withTmpFs(Map.of("/tmp", "mode=1777")))) {
            assertEverythingWorks(distribution, container);
        }
    }

    @Scenario
    void worksBelowAnotherInit(Distribution distribution) {
        try (PintleContainer container = PintleContainer.of(distribution).runWith(host -> host.withInit(true))) {
            assertEverythingWorks(distribution, container);
        }
    }

    /** The guide says that these are enough for services with users of their own. */
    @Scenario
    void threeCapabilitiesAreEnoughForServicesOfOtherUsers(Distribution distribution) {
        try (PintleContainer container = PintleContainer.ofImage(Images.base(distribution))
                .withCopyToContainer(
                        Transferable.of("command = sleep 1000\nuser = 65534:65534\n"),
                        "/etc/pintle/services/other/service.conf")
                .runWith(host -> host.withCapDrop(Capability.ALL)
                        .withCapAdd(Capability.SETUID, Capability.SETGID, Capability.KILL))) {
            container.startAndAwaitHealth();
            container.dockerStop();
            assertEquals(0, container.exitCode(), container.getLogs());
            assertEquals("", container.getLogs());
        }
    }

    /** Up, at work, controlled, restarted, stopped. */
    private static void assertEverythingWorks(Distribution distribution, PintleContainer container) {
        container.startAndAwaitHealth();
        for (Service service : distribution.services()) {
            container.awaitWork(service);
        }
        Service service = distribution.services().get(0);
        int before = container.pidOf(service);
        assertNotEquals(0, before);
        PintleContainer.Result restart = container.pintle("restart", service.name());
        assertEquals(0, restart.exitCode(), restart.output());
        container.awaitNewPid(service, before);
        container.awaitWork(service);
        container.dockerStop();
        assertEquals(0, container.exitCode(), container.getLogs());
    }
}
