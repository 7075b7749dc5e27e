package dev.pintle.convert.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directories of an image as they lie on the machine that converts it. Paths are the container's; links are followed
 * as the container would follow them, so that none leads out of the root.
 */
public final class ImageTree {

    private static final long MAX_BYTES = 16L << 20;

    private final Path root;
    private final String shownRoot;
    private final boolean image;
    private final boolean assembled;
    private final Function<String, Optional<Path>> originals;
    private final Map<Path, InputFile> sources = new LinkedHashMap<>();

    /**
     * What a file holds.
     *
     * @param text    its text, or its bytes as characters where they are no UTF-8
     * @param charset by which the text becomes the same bytes again
     */
    public record Content(String text, Charset charset) {}

    /** Takes the directory that is the container's {@code /}, or null for this machine's. */
    public ImageTree(@Nullable Path root) {
        this.root = root == null ? Path.of("/") : root.toAbsolutePath().normalize();
        this.shownRoot = root == null ? "" : root.toString();
        this.image = root != null;
        this.assembled = false;
        this.originals = path -> Optional.empty();
    }

    /**
     * Takes a directory that an image's files have been put together in.
     *
     * @param originals where each was before, by which messages name it
     */
    public ImageTree(Path root, Function<String, Optional<Path>> originals) {
        this.root = root.toAbsolutePath().normalize();
        this.shownRoot = "";
        this.image = true;
        this.assembled = true;
        this.originals = originals;
    }

    /** Whether this is an image's tree; that of this machine says nothing of files that are not named. */
    public boolean isImage() {
        return image;
    }

    /** Whether it has been put together, so that paths on this machine mean nothing to anybody. */
    public boolean isAssembled() {
        return assembled;
    }

    /** The files that have been read so far. */
    public List<InputFile> sources() {
        return List.copyOf(sources.values());
    }

    /** The container's path of a file on this machine; a path that is not below the root is the container's already. */
    public String inContainer(Path onThisMachine) {
        Path absolute = onThisMachine.toAbsolutePath().normalize();
        if (absolute.startsWith(root)) {
            return "/" + root.relativize(absolute);
        }
        return absolute.toString();
    }

    /** How messages name a path of the container: as short as on a command line. */
    public String shown(String path) {
        Optional<Path> original = originals.apply(path);
        if (original.isPresent()) {
            return original.get().toString();
        }
        Path here = Path.of("").toAbsolutePath();
        Path absolute = Path.of(path);
        return !image && absolute.startsWith(here) && !absolute.equals(here)
                ? here.relativize(absolute).toString()
                : shownRoot + path;
    }

    /** How what is written names a path on this machine, whichever machine it is. */
    public String origin(Path onThisMachine) {
        return image ? inContainer(onThisMachine) : FileTree.nameOnAnyMachine(onThisMachine);
    }

    /** Where a path leads once its links are followed; empty where nothing is there, or links go round in circles. */
    public Optional<String> resolve(String path) {
        return Links.resolve(path, here -> true, this::link)
                .filter(resolved -> Files.exists(onThisMachine(resolved), LinkOption.NOFOLLOW_LINKS));
    }

    private static Optional<String> linkTarget(Path path) {
        try {
            return Files.isSymbolicLink(path)
                    ? Optional.of(Files.readSymbolicLink(path).toString())
                    : Optional.empty();
        } catch (IOException e) {
            // As for a link that leads nowhere.
            return Optional.empty();
        }
    }

    /** The target of the link at a path whose directories hold no links, as it is written; empty where there is no link. */
    public Optional<String> link(String path) {
        return linkTarget(onThisMachine(path));
    }

    /** Whether a resolved path is a directory. */
    public boolean isDirectory(String resolved) {
        return Files.isDirectory(onThisMachine(resolved), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether a resolved path is a regular file. */
    public boolean isFile(String resolved) {
        return Files.isRegularFile(onThisMachine(resolved), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the file at a resolved path has an execute bit. */
    public boolean isExecutable(String resolved) {
        return Files.isExecutable(onThisMachine(resolved));
    }

    /** The names in a directory, sorted. */
    public List<String> names(String resolved) throws ReadException {
        try (Stream<Path> children = Files.list(onThisMachine(resolved))) {
            return children.map(child -> String.valueOf(child.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw ReadException.of(shown(resolved), e);
        }
    }

    /** What the regular file at a resolved path holds; 16 MiB at most. */
    public Content read(String resolved) throws ReadException {
        Path path = onThisMachine(resolved);
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw ReadException.of(shown(resolved), "it is larger than 16 MiB");
            }
            Content content = content(Files.readAllBytes(path));
            Path source = originals.apply(resolved).orElse(path);
            sources.put(source, new InputFile(source, shown(resolved), content.text()));
            return content;
        } catch (IOException e) {
            throw ReadException.of(shown(resolved), e);
        }
    }

    private static Content content(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Content(text, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return new Content(new String(bytes, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        }
    }

    private Path onThisMachine(String path) {
        return root.resolve(path.substring(path.startsWith("/") ? 1 : 0));
    }
}
