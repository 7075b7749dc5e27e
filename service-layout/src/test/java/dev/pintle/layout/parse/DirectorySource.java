package dev.pintle.layout.parse;

import dev.pintle.layout.LayoutSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A layout in a directory, which stands for /etc/pintle. */
record DirectorySource(Path directory) implements LayoutSource {

    private Path path(String path) {
        if (!path.startsWith("/etc/pintle")) {
            throw new IllegalArgumentException(path);
        }
        return Path.of(directory + path.substring("/etc/pintle".length()));
    }

    @Override
    public List<String> directories(String path) {
        return children(path, true);
    }

    @Override
    public List<String> files(String path) {
        return children(path, false);
    }

    private List<String> children(String path, boolean directories) {
        if (!Files.isDirectory(path(path))) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(path(path))) {
            return children.filter(directories ? Files::isDirectory : Files::isRegularFile)
                    .map(child -> child.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable String read(String path, int limit) {
        if (!Files.exists(path(path))) {
            return null;
        }
        try (InputStream input = Files.newInputStream(path(path))) {
            return new String(input.readNBytes(limit), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isExecutable(String path) {
        return Files.isRegularFile(path(path)) && Files.isExecutable(path(path));
    }
}
