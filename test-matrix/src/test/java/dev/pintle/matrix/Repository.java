package dev.pintle.matrix;

import java.nio.file.Path;
import java.util.List;

/** Where the things that users get are built. */
final class Repository {

    private static final Path ROOT = Path.of(System.getProperty("matrix.repository", ".."));

    private Repository() {}

    static Path path(String relative) {
        return ROOT.resolve(relative).toAbsolutePath().normalize();
    }

    /** The architecture of this machine, as Docker calls it. */
    static String architecture() {
        return System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
    }

    /** The overlay tarball that the Dockerfiles add on this machine. */
    static Path tarball() {
        return archive("overlay");
    }

    /** All archives that Dockerfiles add on this machine. */
    static List<Path> archives() {
        return List.of(tarball(), archive("web"));
    }

    /** The version in the names of the archives. */
    static String version() {
        return System.getProperty("matrix.version", "0.1.0");
    }

    /** One of them, by what it is called after {@code pintle-}. */
    static Path archive(String name) {
        return path("overlay-tarball/target/pintle-" + name + "-" + version() + "-" + architecture() + ".tar.gz");
    }
}
