package dev.pintle.convert.read;

import dev.pintle.convert.read.ImageFiles.Written;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private final ImageFiles files;
    private final Path main;
    private final @Nullable String mainText;
    private final String mainDirectory;
    private final boolean rooted;
    private final Set<InputFile> sources = new LinkedHashSet<>();

    /**
     * @param main the configuration file on this machine
     * @param root the directory that is the container's {@code /}, or null
     * @throws IllegalArgumentException where {@code main} is not below {@code root}
     */
    public FileTree(Path main, @Nullable Path root) {
        this(main, null, mainDirectory(main, root), root != null, new RootFiles(root));
    }

    private FileTree(Path main, @Nullable String mainText, String mainDirectory, boolean rooted, ImageFiles files) {
        this.rooted = rooted;
        this.main = main;
        this.mainText = mainText;
        this.mainDirectory = mainDirectory;
        this.files = files;
    }

    /**
     * That of an image whose files are told by something else.
     *
     * @param main          the configuration file on this machine
     * @param mainDirectory the directory that the container has it in
     * @param files         where the others are
     */
    public static FileTree of(Path main, String mainDirectory, ImageFiles files) {
        return new FileTree(main, null, mainDirectory, false, files);
    }

    /**
     * That of an image whose main file is on no machine, but known.
     *
     * @param path  of the main file in the container
     * @param text  of the main file
     * @param files where the others are
     */
    public static FileTree ofText(String path, String text, ImageFiles files) {
        return new FileTree(Path.of(path), text, directoryOf(Path.of(path)), true, files);
    }

    private static String mainDirectory(Path main, @Nullable Path root) {
        Path absolute = main.toAbsolutePath().normalize();
        if (root == null) {
            return directoryOf(absolute);
        }
        Path base = root.toAbsolutePath().normalize();
        if (absolute.startsWith(base)) {
            return directoryOf(Path.of("/").resolve(base.relativize(absolute)));
        }
        throw new IllegalArgumentException("cannot map " + main + ": it is not below the root " + root);
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

    /** How what is written names the main file, whichever machine it is written on. */
    public String mainOrigin() {
        return rooted ? mainDirectory.replaceFirst("/*$", "/") + main.getFileName() : nameOnAnyMachine(main);
    }

    static String nameOnAnyMachine(Path path) {
        return path.isAbsolute() ? String.valueOf(path.getFileName()) : path.toString();
    }

    /** Reads and scans the main file. */
    public ScannedFile readMain() throws ReadException {
        Optional<Written> written = files.written(main.toString());
        if (mainText != null && written.isPresent()) {
            return read(written.get());
        }
        return mainText == null ? read(main, main.toString()) : LineScanner.scan(main.toString(), mainText);
    }

    /** The text of a file of the image, such as a script; empty where it is not there, or no image is at hand. */
    public Optional<String> text(String path) {
        if (files.equals(new RootFiles(null)) || !path.startsWith("/")) {
            return Optional.empty();
        }
        Path file = files.locate(path);
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                    ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The files that have been read, the main one first. */
    public List<InputFile> sources() {
        return List.copyOf(sources);
    }

    /** Reads and scans the file that the container knows as {@code path}. */
    public ScannedFile read(String path) throws ReadException {
        Optional<Written> written = files.written(path);
        return written.isPresent() ? read(written.get()) : read(files.locate(path), nameOf(path));
    }

    private ScannedFile read(Written written) {
        sources.add(new InputFile(written.path(), written.name(), written.source()));
        return LineScanner.scan(written.name(), written.text());
    }

    /** Whether the container knows {@code path} as a file that ends: no directory, and nothing that may block. */
    public boolean isRegularFile(String path) {
        return files.written(path).isPresent() || Files.isRegularFile(files.locate(path));
    }

    /** How messages name the file that the container knows as {@code path}: relative to the main file where it can be. */
    public String nameOf(String path) {
        Path beside = main.getParent();
        if (mainText == null && beside != null && path.startsWith(mainDirectory + "/")) {
            Path relative = beside.resolve(path.substring(mainDirectory.length() + 1));
            if (relative.toAbsolutePath()
                    .normalize()
                    .equals(files.locate(path).toAbsolutePath().normalize())) {
                return relative.toString();
            }
        }
        return files.nameOf(path);
    }

    private ScannedFile read(Path path, String name) throws ReadException {
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
        String text = decode(name, bytes);
        sources.add(new InputFile(path.toAbsolutePath().normalize(), name, text));
        return LineScanner.scan(name, text);
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
        return found.stream().map(path -> path.isEmpty() ? "/" : path).sorted().toList();
    }

    private Stream<String> step(String directory, String component) {
        if (!GlobPattern.isPattern(component)) {
            String path = directory + "/" + component;
            boolean there = files.written(path).isPresent() || Files.exists(files.locate(path));
            return there || !files.names(path).isEmpty() ? Stream.of(path) : Stream.empty();
        }
        return files.names(directory.isEmpty() ? "/" : directory).stream()
                .filter(name -> component.startsWith(".") || !name.startsWith("."))
                .filter(name -> GlobPattern.matches(component, name))
                .map(name -> directory + "/" + name);
    }
}
