package dev.pintle.convert.read.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A layer that is a directory of this machine. */
final class DirectoryLayer implements Layer {

    private final Path root;

    DirectoryLayer(Path root) {
        this.root = root;
    }

    private Path path(String path) {
        return root.resolve(path.substring(1));
    }

    @Override
    public @Nullable Entry entry(String path) {
        try {
            Path file = path(path);
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Kind kind = attributes.isSymbolicLink()
                    ? Kind.LINK
                    : attributes.isDirectory() ? Kind.DIRECTORY : attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
            String link = kind == Kind.LINK ? Files.readSymbolicLink(file).toString() : "";
            return new Entry(kind, link, kind == Kind.FILE && Files.isExecutable(file), attributes.size());
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    @Override
    public List<String> names(String directory) {
        try (Stream<Path> children = Files.list(path(directory))) {
            return children.map(child -> String.valueOf(child.getFileName())).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public byte[] read(String path) throws IOException {
        return Files.readAllBytes(path(path));
    }

    @Override
    public String shown(String path) {
        String shown = root.toString();
        return shown.isEmpty() ? path.substring(1) : (shown.equals("/") ? "" : shown) + path;
    }

    @Override
    public void close() {}
}
