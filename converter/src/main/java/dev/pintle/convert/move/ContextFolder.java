package dev.pintle.convert.move;

import dev.pintle.convert.read.GlobPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The directory that is a build's context, without what its ignore file leaves out. */
final class ContextFolder {

    private final Path directory;
    private final Path root;
    private final IgnorePatterns ignored;

    /** {@code ignored}: the patterns of its ignore file. */
    ContextFolder(Path directory, IgnorePatterns ignored) {
        this.directory = directory;
        this.root = directory.toAbsolutePath().normalize();
        this.ignored = ignored;
    }

    /** Whether a build has a file: it is in the context, and nothing leaves it out. */
    boolean has(Path file) {
        Path path = file.toAbsolutePath().normalize();
        return path.startsWith(root) && !ignored.excludes(root.relativize(path).toString());
    }

    /** What a source names; patterns are expanded, and nothing outside the context is reached. */
    List<Path> find(String source) {
        if (source.contains("://") || source.startsWith("<<") || source.indexOf('\0') >= 0) {
            return List.of();
        }
        List<Path> found = List.of(directory);
        for (String component : source.split("/", -1)) {
            if (component.isEmpty() || component.equals(".")) {
                continue;
            }
            List<Path> next = new ArrayList<>();
            for (Path at : found) {
                next.addAll(
                        GlobPattern.isPattern(component) ? children(at, component) : List.of(at.resolve(component)));
            }
            found = next;
        }
        return found.stream()
                .filter(path -> path.toAbsolutePath().normalize().startsWith(root) && Files.exists(path))
                .toList();
    }

    /** The files and directories in a directory whose names match, sorted. */
    static List<Path> children(Path in, String pattern) {
        try (Stream<Path> children = Files.list(in)) {
            return children.filter(child -> GlobPattern.matches(pattern, String.valueOf(child.getFileName())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            // What is no readable directory has no matches.
            return List.of();
        }
    }

    /**
     * The files that a source brings where {@code --exclude} leaves some out: of a directory by their paths in it, of others
     * by their names.
     *
     * @param base   the directory; a file's own
     * @param prefix what stands before these paths where the directory is a part of the source
     */
    static Predicate<Path> without(Predicate<Path> kept, IgnorePatterns excluded, Path base, String prefix) {
        if (excluded.isEmpty()) {
            return kept;
        }
        Path top = base.toAbsolutePath().normalize();
        return file -> {
            Path path = file.toAbsolutePath().normalize();
            String rest = path.startsWith(top) ? top.relativize(path).toString() : path.toString();
            return kept.test(file) && !excluded.excludes(prefix + rest);
        };
    }

    /** The directory that {@code COPY --parents} makes for one of the context: its path, behind {@code /./} where that stands. */
    String parents(String source, Path found) {
        Path path = root.relativize(found.toAbsolutePath().normalize());
        int pivot = source.indexOf("/./");
        long dropped = pivot < 0
                ? 0
                : Stream.of(source.substring(0, pivot).split("/", -1))
                        .filter(name -> !name.isEmpty() && !name.equals("."))
                        .count();
        int names = path.toString().isEmpty() ? 0 : path.getNameCount();
        return dropped >= names ? "." : path.subpath((int) dropped, names).toString();
    }

    /** How messages name a file of the context. */
    String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return directory
                .resolve(absolute.startsWith(root) ? root.relativize(absolute) : absolute)
                .normalize()
                .toString();
    }
}
