package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each defence that SECURITY.md claims names a test, and the test exists. */
final class SecurityPageTest {
    private static final List<String> ADVERSARIES = List.of(
            "Another user of the container",
            "Another container of the pod",
            "A service",
            "A network peer",
            "The author of the layout");

    private final String page;

    SecurityPageTest() throws IOException {
        page = Files.readString(NamedTests.ROOT.resolve("SECURITY.md"));
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        assertEquals(List.of(), new NamedTests().missing(NamedTests.in(page)));
    }

    @Test
    void everyLineOfATableNamesATest() {
        List<String> rows = page.lines().filter(line -> line.startsWith("| ")).toList();
        List<String> without = new ArrayList<>();
        for (String row : rows) {
            boolean heading = row.startsWith("| What ") || row.startsWith("| --- ");
            if (!heading && NamedTests.in(row).isEmpty()) {
                without.add(row);
            }
        }
        assertEquals(List.of(), without);
        assertTrue(rows.size() > 2 * ADVERSARIES.size(), "the tables are gone");
    }

    @Test
    void everyAdversaryHasATable() {
        for (String adversary : ADVERSARIES) {
            int at = page.indexOf("\n## " + adversary);
            int end = page.indexOf("\n## ", at + 1);
            String section = at < 0 ? "" : page.substring(at, end < 0 ? page.length() : end);
            assertTrue(!NamedTests.in(section).isEmpty(), adversary);
        }
    }
}
