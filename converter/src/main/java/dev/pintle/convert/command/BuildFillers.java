package dev.pintle.convert.command;

import dev.pintle.convert.lower.Placeholders;
import dev.pintle.convert.lower.Placeholders.Fillers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks for the lines that fill in placeholders, in the files of a build context or beside a configuration. */
final class BuildFillers implements Fillers {

    private static final int MOST_FILES = 2000;

    private static final long MOST_BYTES = 256 << 10;

    private static final int DEPTH = 8;

    private static final int SHOWN = 3;

    private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules", "target", "vendor", "out");

    /** Programs that fill in templates; a line that has one and the placeholder's name fills it in. */
    private static final Pattern FILLS = Pattern.compile(
            "\\b(?:sed|envsubst|perl|awk|j2|jinja2?|jinja-cli|confd|dockerize|gomplate|envtpl|mustache|erb|tera|esh|replace|render|template)\\b",
            Pattern.CASE_INSENSITIVE);

    private final Path directory;
    private final Map<String, List<String>> lines = new LinkedHashMap<>();
    private boolean read;

    /** Below a directory. */
    BuildFillers(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> of(String placeholder) {
        read();
        Pattern name = Pattern.compile(
                "(?<![A-Za-z0-9])_*" + Pattern.quote(Placeholders.name(placeholder)) + "_*(?![A-Za-z0-9])");
        List<String> places = new ArrayList<>();
        lines.forEach((file, text) -> {
            for (int i = 0; i < text.size() && places.size() < SHOWN; i++) {
                String line = text.get(i);
                if (FILLS.matcher(line).find()
                        && (line.contains(placeholder) || name.matcher(line).find())) {
                    places.add(file + ":" + (i + 1));
                }
            }
        });
        return places.isEmpty() ? wholeFiles() : places;
    }

    /** A program that fills in all that a file has names no placeholder. */
    private List<String> wholeFiles() {
        List<String> places = new ArrayList<>();
        Pattern whole = Pattern.compile("\\b(?:envsubst|j2|jinja2|confd|dockerize|gomplate|envtpl|erb|tera|esh)\\b");
        lines.forEach((file, text) -> {
            for (int i = 0; i < text.size() && places.size() < SHOWN; i++) {
                String line = text.get(i).strip();
                boolean installs = line.contains("install") || line.contains("apk add") || line.startsWith("#");
                if (!installs && whole.matcher(line).find()) {
                    places.add(file + ":" + (i + 1));
                }
            }
        });
        return places;
    }

    private void read() {
        if (read) {
            return;
        }
        read = true;
        try {
            Files.walkFileTree(directory.toAbsolutePath(), Set.of(), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                    return PASSED_OVER.contains(String.valueOf(at.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && attributes.size() <= MOST_BYTES) {
                        add(file);
                    }
                    return lines.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // What cannot be listed has no lines to name.
            return;
        }
    }

    private void add(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            // A configuration has placeholders, and fills in none.
            boolean configuration = file.toString().matches(".*\\.(?:conf|ini|cfg)(?:\\.[a-z0-9]+)?");
            if (text.indexOf('\0') < 0 && !configuration) {
                lines.put(directory.toAbsolutePath().relativize(file).toString(), List.of(text.split("\n", -1)));
            }
        } catch (IOException e) {
            // What cannot be read has no lines to name.
            return;
        }
    }
}
