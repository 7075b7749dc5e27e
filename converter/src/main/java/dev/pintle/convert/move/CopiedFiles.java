package dev.pintle.convert.move;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files that COPY and ADD put below a directory of an image. */
final class CopiedFiles {

    /** Of a larger tree the rest is not followed through commands. */
    private static final int MAX_FILES = 5_000;

    private CopiedFiles() {}

    /** Their whole places, by the paths from that directory. */
    static Map<String, String> below(String directory, List<Copy> copies) {
        String prefix = directory.endsWith("/") ? directory : directory + "/";
        Map<String, String> found = new TreeMap<>();
        for (Copy copy : copies) {
            for (Path source : copy.files()) {
                if (Files.isDirectory(source)) {
                    tree(source, copy, prefix, found);
                } else {
                    add(copy.places(source).get(0), prefix, found);
                }
            }
        }
        return found;
    }

    private static void tree(Path source, Copy copy, String prefix, Map<String, String> found) {
        String own = BuildContext.below(copy.destination(), "");
        if (!own.startsWith(prefix) && !prefix.startsWith(own)) {
            return;
        }
        Path top = prefix.startsWith(own) ? source.resolve(prefix.substring(own.length())) : source;
        if (!Files.isDirectory(top)) {
            return;
        }
        try (Stream<Path> files = Files.walk(top)) {
            files.filter(Files::isRegularFile)
                    .filter(copy.kept())
                    .limit(MAX_FILES)
                    .forEach(file -> add(own + source.relativize(file), prefix, found));
        } catch (IOException | UncheckedIOException e) {
            // What cannot be read cannot be followed.
            return;
        }
    }

    private static void add(String place, String prefix, Map<String, String> found) {
        if (place.startsWith(prefix) && !place.equals(prefix)) {
            found.put(place.substring(prefix.length()), place);
        }
    }
}
