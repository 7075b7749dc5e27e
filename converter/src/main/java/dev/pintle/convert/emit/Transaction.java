package dev.pintle.convert.emit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files and directories that take their places together, or not at all. Each is made beside its target first, so that
 * what can fail has failed before any target is touched; should a rename fail all the same, the earlier ones are undone.
 */
final class Transaction {

    private final List<Step> steps = new ArrayList<>();
    private final List<Path> madeDirectories = new ArrayList<>();

    /** {@code old} is where the target goes while the others follow. */
    private record Step(Path fresh, Path target, Path old) {}

    /** Where to make what is to become {@code target}; its directory is there, nothing else is. */
    Path stage(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        String name = target.getFileName() + "-" + ProcessHandle.current().pid();
        Step step = new Step(
                absolute.resolveSibling(".pintle-new-" + name),
                absolute,
                absolute.resolveSibling(".pintle-old-" + name));
        makeDirectories(absolute.getParent(), madeDirectories);
        deleteQuietly(step.fresh());
        steps.add(step);
        return step.fresh();
    }

    /** Puts everything in its place. */
    void commit() throws IOException {
        int done = 0;
        try {
            for (Step step : steps) {
                if (Files.exists(step.target(), LinkOption.NOFOLLOW_LINKS)) {
                    deleteQuietly(step.old());
                    setAside(step);
                }
                done++;
                Files.move(step.fresh(), step.target(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            undo(done);
            throw e;
        }
        steps.forEach(step -> deleteQuietly(step.old()));
    }

    /** A file stays in its place until the new one is there; a directory has to make room first. */
    private static void setAside(Step step) throws IOException {
        if (Files.isDirectory(step.target(), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(step.target(), step.old(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.copy(step.target(), step.old(), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void undo(int count) {
        for (int i = count - 1; i >= 0; i--) {
            undo(steps.get(i));
        }
    }

    private static void undo(Step step) {
        if (!Files.exists(step.old(), LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.exists(step.fresh(), LinkOption.NOFOLLOW_LINKS)) {
                deleteQuietly(step.target());
            }
            return;
        }
        if (Files.isDirectory(step.target(), LinkOption.NOFOLLOW_LINKS)) {
            deleteQuietly(step.target());
        }
        try {
            Files.move(step.old(), step.target(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // The old one is still there, beside its place; nothing more can be done.
            return;
        }
    }

    /** Removes what was made and has not taken its place. */
    void abandon() {
        steps.forEach(step -> deleteQuietly(step.fresh()));
        for (int i = madeDirectories.size() - 1; i >= 0; i--) {
            deleteQuietly(madeDirectories.get(i));
        }
    }

    /** Makes a directory and those above it, with modes that no umask changes; adds those that it made. */
    static void makeDirectories(@Nullable Path directory, List<Path> made) throws IOException {
        if (directory == null || Files.isDirectory(directory)) {
            return;
        }
        makeDirectories(directory.getParent(), made);
        Files.createDirectory(directory);
        made.add(directory);
        mode(directory, "rwxr-xr-x");
    }

    /** Sets permissions, where the file system has such. */
    static void mode(Path path, String mode) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    private static void deleteQuietly(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            // What cannot be removed begins with a dot and is removed by the next run.
            return;
        }
    }
}
