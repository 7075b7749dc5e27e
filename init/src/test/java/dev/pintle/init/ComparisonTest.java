package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;

/** What docs/comparison.md claims to be shown by a test names one that there is. */
final class ComparisonTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))\\.(\\w+)`");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                collect(module.resolve("src/test/java"), sources);
            }
        }
        List<MatchResult> names = NAME.matcher(Files.readString(ROOT.resolve("docs/comparison.md")))
                .results()
                .toList();
        assertTrue(names.size() > 40, "the table is gone");
        List<String> missing = new ArrayList<>();
        for (MatchResult name : names) {
            if (!sources.getOrDefault(name.group(1), "").contains(" void " + name.group(2) + "(")) {
                missing.add(name.group());
            }
        }
        assertEquals(List.of(), missing);
    }

    private static void collect(Path directory, Map<String, String> sources) throws IOException {
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
