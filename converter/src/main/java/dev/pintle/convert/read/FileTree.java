package dev.pintle.convert.read;

import dev.pintle.layout.Diagnostic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image as they lie on the machine that converts it.
 *
 * <p>A configuration names paths as its container sees them. Where the image's files are in a directory of their own
 * (a build context's {@code rootfs/}, say), that directory is the root of the tree; else the tree is this machine's.
 */
public final class FileTree {

    private static final long MAX_BYTES = 16L << 20;

    private final @Nullable Path root;
    private final @Nullable Path rootAsGiven;
    private final Path main;
    private final String mainDirectory;

    /**
     * @param main the configuration file on this machine
     * @param root the directory that is the container's {@code /}, or null
     * @throws IllegalArgumentException where {@code main} is not below {@code root}
     */
    public FileTree(Path main, @Nullable Path root) {
        this.main = main;
        this.rootAsGiven = root;
        this.root = root == null ? null : root.toAbsolutePath().normalize();
        Path absolute = main.toAbsolutePath().normalize();
        if (this.root == null) {
            this.mainDirectory = directoryOf(absolute);
        } else if (absolute.startsWith(this.root)) {
            this.mainDirectory = directoryOf(Path.of("/").resolve(this.root.relativize(absolute)));
        } else {
            throw new IllegalArgumentException("cannot map " + main + ": it is not below the root " + root);
        }
    }

    private static String directoryOf(Path absolute) {
        Path parent = absolute.getParent();
        return parent == null ? "/" : parent.toString();
    }

    /** The directory of the main file, as its container sees it: supervisord's {@code %(here)s}. */
    public String mainDirectory() {
        return mainDirectory;
    }

    /** How messages name the main file. */
    public String mainName() {
        return main.toString();
    }

    /** Reads and scans the main file. */
    public ScannedFile readMain() throws ReadException {
        return read(main, main.toString());
    }

    /** Reads and scans the file that the container knows as {@code path}. */
    public ScannedFile read(String path) throws ReadException {
        return read(onThisMachine(path), nameOf(path));
    }

    /** How messages name the file that the container knows as {@code path}: relative to the main file where it can be. */
    public String nameOf(String path) {
        Path beside = main.getParent();
        if (beside != null && path.startsWith(mainDirectory + "/")) {
            return beside.resolve(path.substring(mainDirectory.length() + 1)).toString();
        }
        return rootAsGiven == null ? path : rootAsGiven.resolve(relative(path)).toString();
    }

    private Path onThisMachine(String path) {
        return root == null ? Path.of(path).normalize() : root.resolve(relative(path));
    }

    private static Path relative(String absolute) {
        return Path.of("/").relativize(Path.of(absolute).normalize());
    }

    private static ScannedFile read(Path path, String name) throws ReadException {
        byte[] bytes;
        try {
            if (Files.isDirectory(path)) {
                throw unreadable(name, 0, 0, "it is a directory", "name the supervisord.conf in it");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw unreadable(name, 0, 0, "it is larger than 16 MiB", null);
            }
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw unreadable(name, 0, 0, "there is no such file", null);
        } catch (AccessDeniedException e) {
            throw unreadable(name, 0, 0, "permission denied", null);
        } catch (IOException e) {
            throw unreadable(name, 0, 0, String.valueOf(e.getMessage()), null);
        }
        return LineScanner.scan(name, decode(name, bytes));
    }

    private static String decode(String name, byte[] bytes) throws ReadException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        out.flip();
        if (result.isError()) {
            String before = out.toString();
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            int column = before.length() - before.lastIndexOf('\n');
            int wrong = bytes[in.position()] & 0xff;
            throw unreadable(name, line, column, "byte 0x" + Integer.toHexString(wrong) + " is not UTF-8", null);
        }
        return out.toString();
    }

    private static ReadException unreadable(String file, int line, int column, String cause, @Nullable String hint) {
        return new ReadException(new Diagnostic(
                Diagnostic.Severity.ERROR,
                "unreadable",
                file,
                line,
                column,
                "cannot read " + file + ": " + cause,
                hint));
    }

    /**
     * The files that match an absolute pattern, sorted; the rules are those of Python's {@code glob.glob}: {@code * ?
     * [a-z] [!a-z]} within one component, no match across {@code /}, names that begin with a dot only if the pattern
     * does.
     */
    public List<String> glob(String pattern) {
        List<String> found = List.of("");
        for (String component : pattern.split("/", -1)) {
            if (!component.isEmpty()) {
                found = found.stream().flatMap(at -> step(at, component)).toList();
            }
        }
        return found.stream().sorted().toList();
    }

    private Stream<String> step(String directory, String component) {
        if (!GlobPattern.isPattern(component)) {
            String path = directory + "/" + component;
            return Files.exists(onThisMachine(path)) ? Stream.of(path) : Stream.empty();
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> children = Files.list(onThisMachine(directory.isEmpty() ? "/" : directory))) {
            children.forEach(child -> names.add(String.valueOf(child.getFileName())));
        } catch (IOException e) {
            // As in Python: what is no readable directory has no matches.
            return Stream.empty();
        }
        return names.stream()
                .filter(name -> component.startsWith(".") || !name.startsWith("."))
                .filter(name -> GlobPattern.matches(component, name))
                .map(name -> directory + "/" + name);
    }
}
