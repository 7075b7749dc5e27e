package dev.pintle.convert.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where the corpus of real configurations is. */
public final class Corpus {

    private Corpus() {}

    /** The corpus's directory; the test is aborted, and says why, where there is none. */
    public static Path directory() {
        Path directory = Path.of(System.getProperty("corpus.dir", "../../shared/corpus"));
        Assumptions.assumeTrue(
                Files.isDirectory(directory),
                () -> "NOT RUN: no corpus at " + directory.toAbsolutePath().normalize() + " (set -Dcorpus.dir)");
        return directory;
    }

    /** The configurations that have an expected result, in order. */
    public static List<Path> supervisord() {
        try (Stream<Path> files = Files.list(directory().resolve("supervisord"))) {
            List<Path> found = files.filter(path -> path.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
            if (found.size() < 100) {
                throw new IllegalStateException("only " + found.size() + " files in the corpus");
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What supervisord makes of a configuration. */
    public static Expected expected(Path file) {
        String name = String.valueOf(file.getFileName()).replace(".conf", ".json");
        return new Expected(Json.object(read(file.resolveSibling("expected").resolve(name))));
    }

    /** A file's text. */
    public static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lays a configuration where the one who recorded its expected result had it.
     *
     * @param root becomes the container's {@code /}
     * @return the main file
     */
    public static Path lay(Path file, Expected expected, Path root) {
        Path main = root.resolve("oracle/etc/supervisord.conf");
        String prefix = expected.wrapped() ? "[supervisord]\n" : "";
        try {
            Files.createDirectories(main.getParent());
            return Files.writeString(main, prefix + read(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
