package dev.pintle.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that a page names as {@code `Class.method`}, looked for in the sources of all modules. */
final class NamedTests {
    /** The top of the source tree. */
    static final Path ROOT = Path.of("..");

    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))\\.(\\w+)`");

    private final Map<String, String> sources = new HashMap<>();

    /** Reads the sources of all tests. */
    NamedTests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                collect(module.resolve("src/test/java"));
            }
        }
    }

    /** The names in a text, in their order. */
    static List<MatchResult> in(String text) {
        return NAME.matcher(text).results().toList();
    }

    /** Those of the names that no test has. */
    List<String> missing(List<MatchResult> names) {
        List<String> missing = new ArrayList<>();
        for (MatchResult name : names) {
            if (!sources.getOrDefault(name.group(1), "").contains(" void " + name.group(2) + "(")) {
                missing.add(name.group());
            }
        }
        return missing;
    }

    private void collect(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                // Modules may have classes of one name.
                sources.merge(name.replace(".java", ""), Files.readString(file), String::concat);
            }
        }
    }
}
