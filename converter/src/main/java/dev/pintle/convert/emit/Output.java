package dev.pintle.convert.emit;

import dev.pintle.convert.lower.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that one run writes, all or nothing: the layout, a report, files of the build that are edited. Modes are
 * set, so that a umask does not get into an image.
 */
public final class Output {

    private static final Map<String, String> MODES = Map.of("755", "rwxr-xr-x", "644", "rw-r--r--", "600", "rw-------");

    private final Path root;
    private final Path target;
    private final boolean force;
    private final Map<Path, String> reports = new LinkedHashMap<>();
    private final Map<Path, Edit> edits = new LinkedHashMap<>();
    private Map<String, OutputFile> layout = Map.of();

    private record Edit(String before, String after) {}

    /**
     * Nothing is written yet.
     *
     * @param root  becomes the image's {@code /}; the layout is the one thing in it that is touched
     * @param force whether a layout, or a report, that is there already is replaced
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

    /** The files of a layout that is there already, which writing replaces as a whole. */
    public List<Path> existing() {
        try (Stream<Path> tree = Files.walk(target)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            // There is none, or writing will say what is wrong with it.
            return List.of();
        }
    }

    /** To write a layout; the files' paths are relative to the root and begin with the layout's directory. */
    public void layout(Map<String, OutputFile> files) {
        layout = files;
    }

    /** To write a file that should not be there. */
    public void report(Path path, String text) {
        reports.put(path, text);
    }

    /** To change a file that has the text {@code before}. */
    public void edit(Path path, String before, String after) {
        edits.put(path, new Edit(before, after));
    }

    /** Writes. */
    public void write() throws OutputException {
        check();
        Transaction transaction = new Transaction();
        Path current = target;
        try {
            for (Map.Entry<Path, Edit> edit : edits.entrySet()) {
                current = edit.getKey();
                stage(transaction, current, edit.getValue());
            }
            for (Map.Entry<Path, String> report : reports.entrySet()) {
                current = report.getKey();
                Files.writeString(transaction.stage(current), report.getValue(), StandardCharsets.UTF_8);
            }
            current = target;
            if (!layout.isEmpty()) {
                fill(transaction.stage(target), layout);
            }
            transaction.commit();
        } catch (IOException e) {
            transaction.abandon();
            throw new OutputException("cannot write " + current + ": " + reason(e), e);
        }
    }

    /** Refuses what is in the way. */
    private void check() throws OutputException {
        if (!layout.isEmpty()) {
            if (Files.exists(root, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(root)) {
                throw new OutputException("cannot write to " + root + ": it is not a directory");
            }
            refuseExisting(target);
        }
        for (Path report : reports.keySet()) {
            Path parent = report.toAbsolutePath().getParent();
            if (parent != null && !Files.isDirectory(parent)) {
                throw new OutputException("cannot write " + report + ": there is no directory " + parent);
            }
            if (Files.isDirectory(report)) {
                throw new OutputException("cannot write " + report + ": it is a directory");
            }
            refuseExisting(report);
        }
    }

    private void refuseExisting(Path path) throws OutputException {
        if (!force && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new OutputException("cannot write " + path + ": it exists (--force replaces it)");
        }
    }

    /** A link stays a link, and what it leads to keeps its mode. */
    private static void stage(Transaction transaction, Path path, Edit edit) throws IOException {
        Path real = path.toRealPath();
        if (!Files.readString(real, StandardCharsets.UTF_8).equals(edit.before())) {
            throw new IOException("it has been changed in the meantime");
        }
        Path fresh = transaction.stage(real);
        Files.writeString(fresh, edit.after(), StandardCharsets.UTF_8);
        if (real.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Transaction.mode(fresh, PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
        }
    }

    private static void fill(Path directory, Map<String, OutputFile> files) throws IOException {
        for (Map.Entry<String, OutputFile> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey().substring(LayoutFiles.DIRECTORY.length() + 1));
            Transaction.makeDirectories(path.getParent(), new ArrayList<>());
            Files.write(path, file.getValue().bytes());
            Transaction.mode(path, MODES.getOrDefault(file.getValue().mode(), "rw-r--r--"));
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
}
