package dev.pintle.cstage.edit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The generated C in memory, each file by its path from the root, with {@code /}. A text has one char for each byte, so that
 * what is not edited stays as it is, to the byte.
 */
public final class Tree {
    private static final Pattern INCLUDED_SOURCE = Lines.pattern("^#include \"(.*\\.c)\"$");

    private final Map<String, String> texts;
    private final TreeSet<String> changed = new TreeSet<>();

    /** A tree of these texts. */
    public Tree(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    /** Reads all {@code .c} and {@code .h} files below a directory. */
    public static Tree read(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Tree::isC).toList()) {
                texts.put(directory.relativize(file).toString(), Files.readString(file, ISO_8859_1));
            }
        }
        return new Tree(texts);
    }

    private static boolean isC(Path file) {
        String name = file.toString();
        return name.endsWith(".c") || name.endsWith(".h");
    }

    /** Writes each file that was changed or added. */
    public void write(Path directory) throws IOException {
        for (String file : changed) {
            Files.writeString(directory.resolve(file), text(file), ISO_8859_1);
        }
    }

    /** The text of a file; empty if there is none, so that nothing is found in it. */
    public String text(String file) {
        return texts.getOrDefault(file, "");
    }

    /** Replaces a file, or adds it. */
    public void put(String file, String text) {
        if (!text.equals(texts.put(file, text))) {
            changed.add(file);
        }
    }

    /** The files that make the program, as {@code all.c} includes them: others may be left over from an earlier build. */
    public List<String> sources() {
        return INCLUDED_SOURCE
                .matcher(text("all.c"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** All files whose path passes, in the order of their names. */
    public List<String> files(Predicate<String> path) {
        return texts.keySet().stream().filter(path).toList();
    }
}
