package dev.pintle.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * Builds images the way a user does: the Dockerfile of {@code base-images} with the tarball beside it, and on that
 * image a layer with the service directories that {@code pintle-convert} made of a {@code supervisord.conf}.
 */
final class Images {

    private static final Path OWN = Path.of("src", "test", "images").toAbsolutePath();
    private static final Path WORK = Path.of("target", "images").toAbsolutePath();
    private static final Map<Distribution, String> BASES = new ConcurrentHashMap<>();
    private static final Map<String, String> SERVICES = new ConcurrentHashMap<>();

    private Images() {}

    /** The distribution with Pintle and no service. */
    static String base(Distribution distribution) {
        return BASES.computeIfAbsent(distribution, Images::buildBase);
    }

    /** The distribution with the services of its own {@code supervisord.conf}. */
    static String services(Distribution distribution) {
        return services(distribution, distribution + "/supervisord.conf");
    }

    /**
     * The distribution with the services of another file.
     *
     * @param configuration a path below {@code src/test/images}
     */
    static String services(Distribution distribution, String configuration) {
        return SERVICES.computeIfAbsent(
                distribution + " " + configuration, k -> buildServices(distribution, OWN.resolve(configuration)));
    }

    private static String buildBase(Distribution distribution) {
        ImageFromDockerfile image = new ImageFromDockerfile("pintle-test/" + distribution, true)
                .withFileFromPath("Dockerfile", Repository.path("base-images/" + distribution + "/Dockerfile"))
                .withBuildArg("BASE", BaseImage.of(distribution).reference())
                .withBuildArg("TARGETARCH", Repository.architecture());
        for (Path archive : Repository.archives()) {
            image.withFileFromPath(String.valueOf(archive.getFileName()), archive);
        }
        return image.get();
    }

    private static String buildServices(Distribution distribution, Path configuration) {
        String variant =
                distribution + "-" + String.valueOf(configuration.getFileName()).replace(".conf", "");
        Path out = WORK.resolve(variant);
        Command.run(converter().toString(), "supervisord", configuration.toString(), "-o", out.toString(), "--force");
        return new ImageFromDockerfile("pintle-test/" + variant, true)
                .withFileFromPath(".", OWN.resolve(distribution.toString()))
                .withFileFromPath("common", OWN.resolve("common"))
                .withFileFromPath("out", out)
                .withBuildArg("BASE", base(distribution))
                .get();
    }

    /** The converter's launcher with its jar beside it, as {@code make dist} lays them out. */
    static Path converter() {
        return Converter.LAUNCHER;
    }

    /** Laid out once: a jar that is replaced while a converter reads its templates from it is an I/O error there. */
    private static final class Converter {

        static final Path LAUNCHER = layOut();

        private static Path layOut() {
            Path launcher = WORK.resolve("dist/pintle-convert");
            try {
                Files.createDirectories(launcher.getParent());
                copy("converter/target/pintle-convert.jar", launcher.resolveSibling("pintle-convert.jar"));
                copy("converter/src/main/launcher/pintle-convert", launcher);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return launcher;
        }
    }

    private static void copy(String from, Path to) throws IOException {
        Files.copy(Repository.path(from), to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
