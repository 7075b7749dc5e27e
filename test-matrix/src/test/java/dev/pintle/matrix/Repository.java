package dev.pintle.matrix;

import java.nio.file.Path;

/** Where the things that users get are built. */
final class Repository {

    private static final Path ROOT = Path.of(System.getProperty("matrix.repository", ".."));

    private Repository() {}

    static Path path(String relative) {
        return ROOT.resolve(relative).toAbsolutePath().normalize();
    }

    /** The overlay tarball that the Dockerfiles add. */
    static Path tarball() {
        return path("overlay-tarball/target/pintle-overlay-" + System.getProperty("matrix.version", "0.1.0")
                + "-amd64.tar.gz");
    }
}
