package dev.pintle.convert.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image that all lie in one directory, or are this machine's own.
 *
 * @param root the directory that is the image's {@code /}, as the user gave it; null for this machine's own files
 */
public record RootFiles(@Nullable Path root) implements ImageFiles {

    @Override
    public Path locate(String path) {
        return root == null
                ? Path.of(path).normalize()
                : root.toAbsolutePath().normalize().resolve(relative(path));
    }

    @Override
    public List<String> names(String directory) {
        try (Stream<Path> children = Files.list(locate(directory))) {
            return children.map(child -> String.valueOf(child.getFileName())).toList();
        } catch (IOException e) {
            // As in Python: what is no readable directory has no matches.
            return List.of();
        }
    }

    @Override
    public String nameOf(String path) {
        return root == null ? path : root.resolve(relative(path)).toString();
    }

    private static Path relative(String absolute) {
        return Path.of("/").relativize(Path.of(absolute).normalize());
    }
}
