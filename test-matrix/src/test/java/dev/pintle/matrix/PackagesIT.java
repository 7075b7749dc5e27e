package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The packages: installed by the package manager of each family, run, and removed without a trace. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PackagesIT {

    private static final Path WORK = Path.of("target", "packages").toAbsolutePath();

    private static final String INSTALLS = """
            ARG BASE
            FROM ${BASE}
            COPY %1$s /tmp/
            RUN %2$s /tmp/%1$s && rm /tmp/%1$s
            COPY service.conf /etc/pintle/services/sleeper/
            LABEL dev.pintle.test=services
            ENTRYPOINT ["/usr/lib/pintle/init"]
            """;

    /** The image has no rpm: as is usual for it, packages come from outside. */
    private static final String HAS_TREE = """
            FROM scratch
            ADD tree.tar /
            COPY service.conf /etc/pintle/services/sleeper/
            LABEL dev.pintle.test=services
            ENTRYPOINT ["/usr/lib/pintle/init"]
            """;

    @Scenario
    void isInstalledRunsAndIsRemoved(Distribution distribution) throws IOException {
        switch (distribution) {
            case ALPINE ->
                runsAndIsRemoved(
                        installed(distribution, Release.apk(), "apk add --no-network --allow-untrusted"),
                        "apk del --no-network pintle");
            case DEBIAN -> runsAndIsRemoved(installed(distribution, Release.deb(), "dpkg -i"), "dpkg --purge pintle");
            case UBI9 -> rpmRunsAndIsRemoved(distribution);
        }
    }

    private static ImageFromDockerfile image(String name, String dockerfile) {
        return new ImageFromDockerfile("pintle-test/package-" + name, true)
                .withFileFromString("Dockerfile", dockerfile)
                .withFileFromString("service.conf", "command = sleep 1000\n");
    }

    private static String installed(Distribution distribution, Path file, String command) {
        return installs(distribution, distribution.toString(), file, command, "")
                .get();
    }

    /** An image that a package manager's command installs a package in, by lines of a Dockerfile that may be added to. */
    private static ImageFromDockerfile installs(
            Distribution distribution, String name, Path file, String command, String more) {
        String packageName = String.valueOf(file.getFileName());
        return image(name, INSTALLS.formatted(packageName, command) + more)
                .withFileFromPath(packageName, file)
                .withBuildArg("BASE", BaseImage.of(distribution).reference());
    }

    private static void runsAndIsRemoved(String image, String remove) {
        try (PintleContainer container = PintleContainer.ofImage(image).startAndAwaitHealth()) {
            String status = container.pintle("status").output();
            assertTrue(status.contains("sleeper"), status);
            PintleContainer.Result removed = container.sh(remove);
            assertEquals(0, removed.exitCode(), removed.output());
            assertNotEquals(
                    0, container.sh("ls -d /usr/bin/pintle* /usr/lib/pintle").exitCode());
        }
    }

    private static void rpmRunsAndIsRemoved(Distribution distribution) throws IOException {
        Path tree = emptyDirectory("tree");
        export(BaseImage.of(distribution).reference(), tree);
        Command.run("rpm", "--root", tree.toString(), "-i", Release.rpm().toString());
        Path archive = WORK.resolve("tree.tar");
        Command.run("tar", "-cf", archive.toString(), "-C", tree.toString(), ".");
        String image = image(distribution.toString(), HAS_TREE)
                .withFileFromPath("tree.tar", archive)
                .get();
        try (PintleContainer container = PintleContainer.ofImage(image).startAndAwaitHealth()) {
            String status = container.pintle("status").output();
            assertTrue(status.contains("sleeper"), status);
        }
        Command.run("rpm", "--root", tree.toString(), "-e", "pintle");
        assertNothingIsLeft(tree);
        Command.run("rm", "-r", tree.toString(), archive.toString());
    }

    private static void export(String image, Path directory) {
        Command.run("sh", "-ec", """
                container=$(docker create --label dev.pintle.test=container "$0" true)
                docker export "$container" | tar -xf - -C "$1"
                docker rm "$container"
                """, image, directory.toString());
    }

    private static Path emptyDirectory(String name) throws IOException {
        Command.run("rm", "-rf", WORK.resolve(name).toString());
        return Files.createDirectories(WORK.resolve(name));
    }

    private static void assertNothingIsLeft(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            assertEquals(
                    0,
                    files.filter(file -> String.valueOf(file.getFileName()).startsWith("pintle"))
                            .count());
        }
    }

    /** A JDK cannot be fetched in a container without a network: dpkg is told, and the converter's own runtime is put there. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    @ExtendWith(MatrixExtension.class)
    void theConverterIsInstalledRunsAndIsRemoved(Distribution distribution) {
        Path context = Path.of("target", "images", "packaged-converter").toAbsolutePath();
        Command.run(Repository.path("scripts/converter-image").toString(), context.toString());
        Path file = Release.file("pintle-convert_" + Repository.version() + "_all.deb");
        String image = installs(distribution, "convert", file, "dpkg --force-depends -i", "COPY runtime /runtime\n")
                .withFileFromPath("runtime", context.resolve("runtime"))
                .get();
        try (PintleContainer container =
                PintleContainer.ofImage(image).created(command -> command.withEntrypoint("sleep", "1000"))) {
            container.start();
            PintleContainer.Result version = container.sh("JAVA_HOME=/runtime pintle-convert --version");
            assertTrue(version.output().contains("pintle-convert " + Repository.version()), version.output());
            PintleContainer.Result removed = container.sh("dpkg --purge pintle-convert");
            assertEquals(0, removed.exitCode(), removed.output());
            assertNotEquals(
                    0,
                    container
                            .sh("ls -d /usr/bin/pintle-convert /usr/lib/pintle-convert")
                            .exitCode());
        }
    }

    /** Its Java is that of the tests. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "UBI9")
    @ExtendWith(MatrixExtension.class)
    void theConvertersRpmIsInstalledRunsAndIsRemoved(Distribution distribution) throws IOException {
        Path tree = emptyDirectory("converter");
        Path file = Release.file("pintle-convert-" + Repository.version() + "-1.noarch.rpm");
        Command.run("rpm", "--root", tree.toString(), "--nodeps", "-i", file.toString());
        String said = Command.run(tree.resolve("usr/bin/pintle-convert").toString(), "--version");
        assertTrue(said.startsWith("pintle-convert " + Repository.version()), said);
        Command.run("rpm", "--root", tree.toString(), "-e", "pintle-convert");
        assertNothingIsLeft(tree);
    }
}
