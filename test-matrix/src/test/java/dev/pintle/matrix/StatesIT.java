package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.images.builder.Transferable;

/** What status, health, check and exit codes say of a container is so, and a stop gives what stops its time. */
class StatesIT {

    /** Tells when it is up, and takes its time to stop. */
    private static final String SLOW_TO_STOP =
            "command = sh -c 'trap \"sleep 1; echo saved; exit 0\" TERM; echo is up; while :; do sleep 0.1; done'\n";

    private static PintleContainer with(Distribution distribution, String... namesAndTexts) {
        PintleContainer container = PintleContainer.ofImage(Images.base(distribution));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            container.withCopyToContainer(
                    Transferable.of(namesAndTexts[i + 1]),
                    "/etc/pintle/services/" + namesAndTexts[i] + "/service.conf");
        }
        return container;
    }

    private static void awaitLog(PintleContainer container, String text) {
        container.eventually(text, () -> container.getLogs().contains(text));
    }

    @Scenario
    void anEndWithoutSuccessIsSaidEverywhere(Distribution distribution) {
        try (PintleContainer container = with(
                distribution,
                "web",
                "command = sh -c 'sleep 0.1; exit 3'\nrestart = no\n",
                "db",
                "command = sleep 1000\n")) {
            container.start();
            awaitLog(container, "web exited with code 3 after");
            PintleContainer.Result health = container.pintle("health");
            assertEquals(1, health.exitCode(), health.output());
            assertTrue(health.output().contains("web has failed: exited with code 3 after"), health.output());
            PintleContainer.Result status = container.pintle("status", "web");
            assertEquals(3, status.exitCode(), status.output());
            assertTrue(status.output().contains("failed"), status.output());
            PintleContainer.Result start = container.pintle("start", "web");
            assertEquals(1, start.exitCode(), start.output());
            assertTrue(start.output().contains("exited with code 3 after"), start.output());
        }
    }

    @Scenario
    void whatServicesAndTheirChecksPrintLastIsAtHand(Distribution distribution) {
        try (PintleContainer container = with(
                distribution,
                "job",
                "command = sh -c 'echo no database >&2; exit 4'\nautostart = no\nrestart = no\n",
                "web",
                """
                command = sh -c 'echo one; echo two >&2; exec sleep 1000'
                [stdout]
                keep = 64k
                [stderr]
                to = stdout
                """,
                "sick",
                """
                command = sleep 1000
                [healthcheck]
                test     = sh -c 'echo no answer; exit 7'
                interval = 100ms
                retries  = 1
                """)) {
            container.start();
            container.eventually(
                    "the lines of a start that fails",
                    () -> container.pintle("start", "job").output().contains("no database\n"));
            container.eventually(
                    "both streams in order",
                    () -> container.pintle("logs", "web").output().equals("one\ntwo\n"));
            container.eventually(
                    "why the check fails",
                    () -> container
                            .pintle("health")
                            .output()
                            .contains("sick is unhealthy: its health check exited with code 7: no answer"));
            PintleContainer.Result status = container.pintle("status", "job");
            assertTrue(status.output().contains("exited with code 4 after"), status.output());
            assertTrue(status.output().contains("last lines of job:\nno database\n"), status.output());
        }
    }

    @Scenario
    void checkSaysWhatItHasReadAndASecondInitRefuses(Distribution distribution)
            throws IOException, InterruptedException {
        try (PintleContainer container =
                with(distribution, "web", "command = sleep 1000\n", "db", "command = sleep 1000\n")) {
            container.startAndAwaitHealth();
            PintleContainer.Result check = container.pintle("check");
            assertEquals("/etc/pintle: 2 services: nothing wrong\n", check.output());
            container.copyFileToContainer(Transferable.of("command = sleep 1000\n"), "/etc/pintle/services/redis.conf");
            PintleContainer.Result flat = container.pintle("check");
            assertEquals(1, flat.exitCode(), flat.output());
            assertTrue(flat.output().contains("move it to /etc/pintle/services/redis/service.conf"), flat.output());
            container.exec("rm", "/etc/pintle/services/redis.conf");
            PintleContainer.Result second = container.exec("/init", "true");
            assertEquals(112, second.exitCode(), second.output());
            assertTrue(second.output().contains("the one with pid 1 runs this layout"), second.output());
            ExecResult another = container.execInContainer(ExecConfig.builder()
                    .user("12345")
                    .command(new String[] {"/init", "true"})
                    .build());
            assertEquals(112, another.getExitCode(), another.getStderr());
            assertTrue(another.getStderr().contains("the one with pid 1 runs this layout"), another.getStderr());
        }
    }

    @Scenario
    void aGroupHasItsTimeThoughItsLeaderEndsFirst(Distribution distribution) {
        String job = "(trap \"sleep 1; echo the job is done; exit 0\" TERM; echo is up; while :; do sleep 0.1; done)";
        try (PintleContainer container =
                with(distribution, "web", "command = sh -c '" + job + " & exec sleep 1000'\nstop_group = yes\n")) {
            container.start();
            awaitLog(container, "is up");
            container.dockerStop();
            assertEquals(0, container.exitCode(), container.getLogs());
            assertTrue(container.getLogs().contains("the job is done"), container.getLogs());
        }
    }

    @Scenario
    void aSecondTermChangesNothing(Distribution distribution) {
        try (PintleContainer container = with(distribution, "web", SLOW_TO_STOP)) {
            container.start();
            awaitLog(container, "is up");
            DockerClient docker = DockerClientFactory.instance().client();
            docker.killContainerCmd(container.getContainerId())
                    .withSignal("TERM")
                    .exec();
            docker.killContainerCmd(container.getContainerId())
                    .withSignal("TERM")
                    .exec();
            container.eventually("the end of the container", () -> !container.isRunning());
            assertEquals(0, container.exitCode(), container.getLogs());
            assertTrue(container.getLogs().contains("saved"), container.getLogs());
        }
    }

    @Scenario
    void theStopSignalOfTheImageStops(Distribution distribution) {
        try (PintleContainer container =
                with(distribution, "web", SLOW_TO_STOP).created(command -> command.withStopSignal("SIGWINCH"))) {
            container.start();
            awaitLog(container, "is up");
            container.dockerStop();
            assertEquals(0, container.exitCode(), container.getLogs());
            assertTrue(container.getLogs().contains("saved"), container.getLogs());
        }
    }
}
