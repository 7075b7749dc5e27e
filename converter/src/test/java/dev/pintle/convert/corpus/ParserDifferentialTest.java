package dev.pintle.convert.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.parse.supervisord.Parser;
import dev.pintle.convert.read.FileTree;
import dev.pintle.layout.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Our model of every file of the corpus is what supervisord's own parser makes of it, field by field. */
class ParserDifferentialTest {

    @TempDir
    private Path root = Path.of("");

    @TestFactory
    List<DynamicTest> parsesAsSupervisordDoes() {
        return Corpus.supervisord().stream()
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> compare(file)))
                .toList();
    }

    private void compare(Path file) {
        Expected expected = Corpus.expected(file);
        Path main = Corpus.lay(file, expected, root);
        Parser.Result result = Parser.parse(new FileTree(main, root), expected.environment());
        if (expected.rejected()) {
            assertTrue(result.config().isEmpty(), () -> "accepted, where supervisord says " + expected.error());
            return;
        }
        assertTrue(result.config().isPresent(), () -> "rejected: " + result.diagnostics());
        Map<String, @Nullable Object> ours = ParsedJson.of(result.config().orElseThrow());
        Map<String, String> differences = new LinkedHashMap<>();
        for (String part : List.of("supervisord", "groups", "servers")) {
            difference(part, expected.json().get(part), ours.get(part), differences);
        }
        assertEquals(Map.of(), differences);
        assertEquals(
                expected.warnings().size(),
                supervisordsWarnings(result.diagnostics()).size(),
                () -> expected.warnings() + " but " + result.diagnostics());
    }

    /** Those of our warnings that supervisord gives too. */
    private static List<Diagnostic> supervisordsWarnings(List<Diagnostic> diagnostics) {
        Set<String> codes = Set.of("nothing-included", "syslog-file", "auto-log-unbounded", "ignored-stderr-file");
        return diagnostics.stream().filter(d -> codes.contains(d.code())).toList();
    }

    private static void difference(
            String at, @Nullable Object expected, @Nullable Object ours, Map<String, String> found) {
        if (expected instanceof Map<?, ?> a && ours instanceof Map<?, ?> b) {
            Map<String, Object> keys = new TreeMap<>();
            a.forEach((key, value) -> keys.put(String.valueOf(key), ""));
            b.forEach((key, value) -> keys.put(String.valueOf(key), ""));
            keys.keySet().forEach(key -> difference(at + "." + key, a.get(key), b.get(key), found));
        } else if (expected instanceof List<?> a && ours instanceof List<?> b && a.size() == b.size()) {
            List<Object> left = new ArrayList<>(a);
            for (int i = 0; i < left.size(); i++) {
                difference(at + "[" + i + "]", left.get(i), b.get(i), found);
            }
        } else if (!java.util.Objects.equals(expected, ours)) {
            found.put(at, expected + " but ours is " + ours);
        }
    }
}
