package dev.pintle.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.PintleConvert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each folder below {@code golden/supervisord} is named by a behaviour and holds {@code input/}, the container's files,
 * and what comes of {@code input/etc/supervisord.conf}: the files in {@code expected/}, the report, and what is said on
 * standard error. {@code env} has the variables that are known. {@code -Dgolden.rewrite=true} writes them anew.
 */
class GoldenTest {

    private static final Path FOLDERS = Path.of("src/test/resources/golden/supervisord");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

    @TempDir
    private Path temporary = Path.of("");

    @TestFactory
    List<DynamicTest> converts() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            List<DynamicTest> tests = folders.sorted()
                    .map(folder -> DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> compare(folder)))
                    .toList();
            assertTrue(tests.size() > 10, "the golden folders are gone");
            return tests;
        }
    }

    private void compare(Path folder) throws IOException {
        Path output = temporary.resolve(folder.getFileName());
        Path reportFile = temporary.resolve(folder.getFileName() + ".txt");
        StringWriter errors = new StringWriter();
        StringWriter summary = new StringWriter();
        int code = PintleConvert.run(
                new PrintWriter(summary), new PrintWriter(errors), false, arguments(folder, output, reportFile));
        Map<String, String> actual = Trees.read(output);
        String report = Files.exists(reportFile) ? Files.readString(reportFile) : "";
        String said = errors + "exit code " + code + "\n";
        report = report.replace(output.toString(), "OUT");
        if (REWRITE) {
            Trees.rewrite(folder.resolve("expected"), actual);
            Trees.rewrite(folder, "expected-report.txt", report);
            Trees.rewrite(folder, "expected-diagnostics.txt", said);
        }
        Path expected = folder.resolve("expected");
        assertEquals(Trees.read(expected), actual);
        assertEquals(Trees.text(folder.resolve("expected-report.txt")), report);
        assertEquals(Trees.text(folder.resolve("expected-diagnostics.txt")), said);
    }

    private static String[] arguments(Path folder, Path output, Path report) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("supervisord", folder + "/input/etc/supervisord.conf"));
        arguments.addAll(List.of("--root", folder + "/input", "-o", output.toString(), "--report", report.toString()));
        Path env = folder.resolve("env");
        if (Files.exists(env)) {
            for (String line : Files.readAllLines(env)) {
                arguments.addAll(List.of("--env", line));
            }
        }
        return arguments.toArray(new String[0]);
    }
}
