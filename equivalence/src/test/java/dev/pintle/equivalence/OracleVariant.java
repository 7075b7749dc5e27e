package dev.pintle.equivalence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A tree that was run under s6-overlay, in one of its variants: what it is made of, what is done to it from outside, and the
 * events that were recorded.
 *
 * @param name     of the case and the variant
 * @param in       the directory of the case's input
 * @param variant  the directory of what the variant has of its own
 * @param expected what was recorded
 */
record OracleVariant(String name, Path in, Path variant, Map<String, Object> expected) {

    /** A word of a command line, quoted or not. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

    /** All variants of all cases, sorted by name. */
    @SuppressWarnings("unchecked")
    static List<OracleVariant> all(Path cases) throws IOException {
        List<OracleVariant> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(cases)) {
            for (Path folder : folders.sorted().toList()) {
                Map<String, Object> record = OracleJson.object(Files.readString(folder.resolve("expected.json")));
                Path in = folder.resolve("in");
                ((Map<String, Object>) record.getOrDefault("variants", Map.of()))
                        .forEach((variant, expected) -> found.add(new OracleVariant(
                                folder.getFileName() + "/" + variant, in, in.resolve("variant-" + variant), (Map<
                                                String, Object>)
                                        expected)));
            }
        }
        return found;
    }

    /** The lines of a file that say something: the variant's own, else the case's. */
    List<String> lines(String file) {
        for (Path directory : List.of(variant, in)) {
            Path path = directory.resolve(file);
            if (Files.exists(path)) {
                try {
                    return Files.readAllLines(path).stream()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return List.of();
    }

    /** The variables that the container is started with. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : lines("env.txt")) {
            int equals = line.indexOf('=');
            environment.put(
                    line.substring(0, equals), line.substring(equals + 1).replace("\\n", "\n"));
        }
        return environment;
    }

    /** The words of its CMD. */
    List<String> command() {
        List<String> words = new ArrayList<>();
        for (String line : lines("cmd.txt")) {
            Matcher word = WORD.matcher(line);
            while (word.find()) {
                words.add(word.group(1) == null ? word.group() : word.group(1));
            }
        }
        return words;
    }

    /** The recorded events, in order. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> events() {
        return (List<Map<String, Object>>) expected.getOrDefault("events", List.of());
    }
}
