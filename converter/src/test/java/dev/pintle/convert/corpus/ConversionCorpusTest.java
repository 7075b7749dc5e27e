package dev.pintle.convert.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.Conversion;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.read.FileTree;
import dev.pintle.convert.read.LineScanner;
import dev.pintle.convert.read.ScannedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of the corpus that supervisord accepts converts: what would be written passes the layout's own parser, and
 * the report speaks of every key. With the variables known and with none of them known.
 */
class ConversionCorpusTest {

    @TempDir
    private Path root = Path.of("");

    @TestFactory
    Stream<DynamicTest> converts() {
        return Corpus.supervisord().stream()
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> convert(file)));
    }

    private void convert(Path file) {
        Expected expected = Corpus.expected(file);
        Path main = Corpus.lay(file, expected, root);
        FileTree tree = new FileTree(main, root);
        Conversion known = Conversion.supervisord(tree, expected.environment());
        Conversion unknown = Conversion.supervisord(tree, Environment.ofContainer(Map.of()));
        if (expected.rejected()) {
            assertTrue(known.result().isEmpty(), () -> "converted, where supervisord says " + expected.error());
            return;
        }
        for (Conversion conversion : List.of(known, unknown)) {
            assertTrue(conversion.result().isPresent(), () -> "not converted: " + conversion.problems());
            everyKeyIsAccountedFor(
                    LineScanner.scan("f", Corpus.read(main)),
                    conversion.result().get().report());
        }
        assertEquals(unknown, Conversion.supervisord(tree, Environment.ofContainer(Map.of())));
    }

    private static void everyKeyIsAccountedFor(ScannedFile file, Report report) {
        long keys = file.sections().stream()
                .mapToLong(section -> section.options().size())
                .sum();
        assertEquals(
                keys,
                report.sections().stream()
                        .mapToLong(section -> section.keys().size())
                        .sum());
        for (Report.Section section : report.sections()) {
            assertFalse(String.valueOf(section.fate().hint()).contains("report this"), section::toString);
            for (Report.Key key : section.keys()) {
                assertFalse(
                        String.valueOf(key.fate().hint()).contains("report this"), () -> section.name() + " " + key);
                assertFalse(key.fate().text().isEmpty(), () -> section.name() + " " + key);
            }
        }
    }
}
