package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/comparison.md claims to be shown by a test names one that there is. */
final class ComparisonTest {
    private static final Pattern SCENARIO = Pattern.compile("`([a-z0-9-]+\\.scenario)`");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<MatchResult> names = NamedTests.in(Files.readString(NamedTests.ROOT.resolve("docs/comparison.md")));
        assertTrue(names.size() > 40, "the table is gone");
        assertEquals(List.of(), new NamedTests().missing(names));
    }

    @Test
    void everyScenarioThatIsNamedExists() throws IOException {
        List<String> names = SCENARIO.matcher(Files.readString(NamedTests.ROOT.resolve("docs/comparison.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertTrue(names.size() > 5, "the table is gone");
        for (String name : names) {
            assertTrue(Files.exists(Path.of("src/test/scenarios", name)), name);
        }
    }
}
