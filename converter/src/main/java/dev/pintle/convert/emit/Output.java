package dev.pintle.convert.emit;

import dev.pintle.convert.lower.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a layout, all or nothing: into a directory beside the target, which takes the target's place by one rename.
 * Modes are set, so that a umask does not get into an image.
 */
public final class Output {

    private final Path root;
    private final Path target;
    private final boolean force;

    /**
     * Nothing is written yet.
     *
     * @param root  becomes the image's {@code /}; the layout is the one thing in it that is touched
     * @param force whether a layout that is there already is replaced
     */
    public Output(Path root, boolean force) {
        this.root = root;
        this.target = root.resolve(LayoutFiles.DIRECTORY);
        this.force = force;
    }

    /** The directory that is written. */
    public Path target() {
        return target;
    }

    /** Refuses a target that is in the way. */
    public void check() throws OutputException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(root)) {
            throw new OutputException("cannot write to " + root + ": it is not a directory");
        }
        refuseExisting(target, force);
    }

    /** Refuses to overwrite {@code path} unless that is asked for. */
    static void refuseExisting(Path path, boolean force) throws OutputException {
        if (!force && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new OutputException("cannot write " + path + ": it exists (--force replaces it)");
        }
    }

    /** Writes the files; their paths are relative to the root and begin with the layout's directory. */
    public void write(Map<String, OutputFile> files) throws OutputException {
        check();
        List<Path> made = new ArrayList<>();
        Path fresh =
                target.resolveSibling(".pintle-new-" + ProcessHandle.current().pid());
        try {
            Path parent = target.toAbsolutePath().getParent();
            if (parent != null) {
                makeDirectories(parent, made);
            }
            fill(fresh, files);
            replace(fresh);
        } catch (IOException e) {
            deleteQuietly(fresh);
            for (int i = made.size() - 1; i >= 0; i--) {
                deleteQuietly(made.get(i));
            }
            throw new OutputException("cannot write " + target + ": " + reason(e), e);
        }
    }

    private static void fill(Path directory, Map<String, OutputFile> files) throws IOException {
        deleteQuietly(directory);
        for (Map.Entry<String, OutputFile> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey().substring(LayoutFiles.DIRECTORY.length() + 1));
            makeDirectories(directory.toAbsolutePath().resolve(path).getParent(), new ArrayList<>());
            Files.write(path, file.getValue().bytes());
            mode(path, file.getValue().executable() ? "rwxr-xr-x" : "rw-r--r--");
        }
    }

    private static void makeDirectories(@Nullable Path directory, List<Path> made) throws IOException {
        if (directory == null || Files.isDirectory(directory)) {
            return;
        }
        makeDirectories(directory.getParent(), made);
        Files.createDirectory(directory);
        made.add(directory);
        mode(directory, "rwxr-xr-x");
    }

    private static void mode(Path path, String mode) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }

    /** Between the two renames there is no layout at all; should the second fail, the old one is put back. */
    private void replace(Path fresh) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path old =
                target.resolveSibling(".pintle-old-" + ProcessHandle.current().pid());
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        deleteQuietly(old);
    }

    /** Writes one file by a rename. */
    public static void writeFile(Path path, String text, boolean force) throws OutputException {
        refuseExisting(path, force);
        Path fresh = path.resolveSibling("." + path.getFileName() + ".new");
        try {
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteQuietly(fresh);
            throw new OutputException("cannot write " + path + ": " + reason(e), e);
        }
    }

    /** What an exception of the file system says beyond the path, which the message has already. */
    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return name.equals("IO") || name.equals("FileSystem") ? String.valueOf(e.getMessage()) : words(name);
    }

    private static String words(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append(Character.isUpperCase(c) && i > 0 ? " " : "").append(Character.toLowerCase(c));
        }
        return out.toString();
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
