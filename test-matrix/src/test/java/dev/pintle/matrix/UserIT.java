package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A program that supervisord ran as another user runs as that user. */
class UserIT {

    @Scenario
    void programRunsAsItsUserWithItsEnvironmentAndDirectory(Distribution distribution) {
        try (PintleContainer container =
                PintleContainer.ofImage(Images.services(distribution, "common/other-user.conf"))) {
            container.startAndAwaitHealth();
            container.eventually(
                    "the program has written its report",
                    () -> container.sh("test -s /tmp/report").exitCode() == 0);
            String nobody = container.sh("id -u nobody").output().trim();
            assertEquals(
                    nobody + " /usr/lib blue and 'green', 100%\n",
                    container.exec("cat", "/tmp/report").output());
        }
    }
}
