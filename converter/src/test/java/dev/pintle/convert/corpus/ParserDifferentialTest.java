package dev.pintle.convert.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.parse.supervisord.Parser;
import dev.pintle.convert.read.FileTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        assertEquals(
                Map.of(),
                ModelDifference.between(expected.json(), result.config().orElseThrow()));
        assertEquals(
                expected.warnings().size(),
                ModelDifference.supervisordsWarnings(result.diagnostics()).size(),
                () -> expected.warnings() + " but " + result.diagnostics());
    }
}
