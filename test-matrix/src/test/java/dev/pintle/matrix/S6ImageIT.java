package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * An image for s6-overlay, in linuxserver's style, with the two archives added and nothing converted: it boots, is changed by
 * what users set and mount, and ends as its scripts want it.
 */
class S6ImageIT {
    private static final Path CONTEXT = Path.of("src", "test", "images", "s6").toAbsolutePath();
    private static final Map<Distribution, String> IMAGES = new ConcurrentHashMap<>();

    /** Half of what docker stop waits before it kills. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final List<String> BOOT = List.of(
            "init-envfile",
            "init-adduser",
            "init-app-config",
            "init-config-end",
            "init-mods-end",
            "init-custom-files",
            "custom-cont-init.d",
            "init-services",
            "svc-app is ready");

    private static PintleContainer container(Distribution distribution) {
        return PintleContainer.ofImage(IMAGES.computeIfAbsent(distribution, S6ImageIT::build));
    }

    private static String build(Distribution distribution) {
        ImageFromDockerfile image = new ImageFromDockerfile("pintle-test/s6-" + distribution, true)
                .withFileFromPath(".", CONTEXT)
                .withBuildArg("BASE", BaseImage.of(distribution).reference())
                .withBuildArg("VERSION", Repository.version())
                .withBuildArg("ARCHITECTURE", Repository.architecture());
        for (Path archive : List.of(Repository.tarball(), Repository.archive("s6"))) {
            image.withFileFromPath(String.valueOf(archive.getFileName()), archive);
        }
        return image.get();
    }

    private static List<String> lines(PintleContainer container, String start) {
        return container
                .getLogs()
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    @Scenario
    void bootsInOrderAndStopsInTheReverse(Distribution distribution) {
        try (PintleContainer container = container(distribution).startAndAwaitHealth()) {
            assertEquals(BOOT, lines(container, "boot: "), container::getLogs);
            assertEquals(List.of("runs as 911:911, umask 0022, secret none"), lines(container, "svc-app: "));
            container.eventually(
                    "the user's own service",
                    () -> !lines(container, "ticker: ").isEmpty());
            List<ProcessTable.Entry> own = container.processes().entries().stream()
                    .filter(entry -> entry.commandLine().contains("/usr/lib/pintle/"))
                    .toList();
            assertEquals(1, own.size(), own::toString);
            assertEquals(1, own.get(0).pid());
            Duration time = container.dockerStop();
            assertTrue(time.compareTo(SOON) < 0, "docker stop took " + time);
            assertEquals(0, container.exitCode(), container::getLogs);
            String log = container.getLogs();
            assertTrue(log.contains("finish: svc-cron 0"), log);
            int app = log.indexOf("svc-app: stops");
            assertTrue(app >= 0 && app < log.indexOf("svc-cron: stops"), log);
            assertTrue(log.contains("ticker: stops"), log);
        }
    }

    @Scenario
    void isWhatTheUserSets(Distribution distribution) {
        try (PintleContainer container = container(distribution)
                .withEnv("PUID", "1234")
                .withEnv("PGID", "4321")
                .withEnv("UMASK", "027")
                .withEnv("FILE__SECRET", "/etc/app-secret")
                .withEnv("DOCKER_MODS", "greeter")
                .startAndAwaitHealth()) {
            assertEquals(
                    List.of("runs as 1234:4321, umask 0027, secret hidden"),
                    lines(container, "svc-app: "),
                    container::getLogs);
            List<String> boot = lines(container, "boot: ");
            assertEquals("mod greeter", boot.get(0), container::getLogs);
            int mod = boot.indexOf("init-mod-greeter");
            assertTrue(
                    mod > boot.indexOf("init-config-end") && mod < boot.indexOf("init-mods-end"), container::getLogs);
            container.eventually(
                    "the mod's service",
                    () -> !lines(container, "svc-mod-greeter: ").isEmpty());
            String services = container.sh("ls /run/service").output();
            for (String name : List.of("svc-app", "svc-cron", "svc-mod-greeter", "custom-svc-ticker")) {
                assertTrue(services.contains(name), services);
            }
        }
    }

    /** The usual finish script is understood, and becomes keys. */
    @Scenario
    void endsWithTheCodeOfAServiceThatFails(Distribution distribution) {
        assertEquals(7, codeAfterTheEndOf(distribution, "svc-app", "svc-cron: stops"));
    }

    /** One that does more runs as it is: it stores a code, and halts. */
    @Scenario
    void endsWithTheCodeThatAFinishScriptStores(Distribution distribution) {
        assertEquals(9, codeAfterTheEndOf(distribution, "svc-cron", "finish: svc-cron 7"));
    }

    private static long codeAfterTheEndOf(Distribution distribution, String service, String said) {
        try (PintleContainer container = container(distribution).startAndAwaitHealth()) {
            // Its own exit code says little: the command is in the container, and may end with it.
            container.exec("/command/s6-svc", "-1", "/run/service/" + service);
            container.eventually("the end of the container", () -> !container.isRunning());
            assertTrue(container.getLogs().contains(said), container::getLogs);
            return container.exitCode();
        }
    }

    @Scenario
    void endsWithTheCodeThatIsStoredWhereAScriptHalts(Distribution distribution) {
        try (PintleContainer container = container(distribution).startAndAwaitHealth()) {
            // Its own exit code says little: the command is in the container, and may end with it.
            container.sh("echo 42 >/run/s6-linux-init-container-results/exitcode; /run/s6/basedir/bin/halt");
            container.eventually("the end of the container", () -> !container.isRunning());
            assertEquals(42, container.exitCode(), container::getLogs);
        }
    }

    /** The programs that scripts call see services by their directories. */
    @Scenario
    void programsOfS6AnswerForServices(Distribution distribution) {
        try (PintleContainer container = container(distribution).startAndAwaitHealth()) {
            assertEquals(
                    "true true\n",
                    container
                            .exec("/command/s6-svstat", "-o", "up,ready", "/run/service/svc-app")
                            .output());
            assertEquals(
                    0,
                    container
                            .exec("/command/s6-svc", "-wD", "-d", "/run/service/svc-cron")
                            .exitCode(),
                    container::getLogs);
            assertEquals(
                    "false\n",
                    container
                            .exec("/command/s6-svstat", "-o", "up", "/run/service/svc-cron")
                            .output());
            assertFalse(
                    container.getLogs().contains("svc-app: stops"), "what depends on a service stays up under s6-svc");
            String up = container.exec("/command/s6-rc", "-a", "list").output();
            assertTrue(up.contains("svc-app") && up.contains("init-services"), up);
        }
    }
}
