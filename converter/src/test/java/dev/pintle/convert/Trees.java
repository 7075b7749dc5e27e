package dev.pintle.convert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directories as texts by paths. */
public final class Trees {

    /** Ends the path of a file that can be executed. */
    private static final String PROGRAM = " (executable)";

    private Trees() {}

    /** The text of a file; empty where there is none. */
    public static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }

    /** All files below a directory, by their paths, those of programs marked; none where there is no directory. */
    public static Map<String, String> read(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (!Files.exists(directory)) {
            return texts;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    texts.put(directory.relativize(file) + (Files.isExecutable(file) ? PROGRAM : ""), text(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return texts;
    }

    /** Writes files by their paths. */
    public static void write(Path directory, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> file : texts.entrySet()) {
            Path path = directory.resolve(file.getKey().replace(PROGRAM, ""));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(PROGRAM)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Replaces a directory. */
    public static void rewrite(Path directory, Map<String, String> texts) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        write(directory, texts);
    }

    /** Replaces a file, or removes it where there is nothing to be in it. */
    public static void rewrite(Path directory, String name, String text) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
        if (!text.isEmpty()) {
            Files.writeString(directory.resolve(name), text);
        }
    }
}
