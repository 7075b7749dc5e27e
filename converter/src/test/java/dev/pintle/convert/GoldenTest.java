package dev.pintle.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.PintleConvert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each folder below {@code golden/supervisord}, {@code golden/runit} and {@code golden/s6} is named by a behaviour and holds
 * {@code input/}, the container's files (of s6's, {@code layer-2/} lies on them where it is there), and what comes of {@code
 * input/etc/supervisord.conf}, of {@code input/etc/service} or of {@code input} itself: the files in {@code expected/}, the report, and what is said on standard error. {@code env} has the variables that are known,
 * {@code arguments} further ones of the command. {@code -Dgolden.rewrite=true} writes them anew.
 */
class GoldenTest {

    private static final Path FOLDERS = Path.of("src/test/resources/golden");
    private static final Map<String, String> INPUTS =
            Map.of("supervisord", "input/etc/supervisord.conf", "runit", "input/etc/service", "s6", "input");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

    @TempDir
    private Path temporary = Path.of("");

    @TestFactory
    Stream<DynamicNode> converts() {
        return INPUTS.keySet().stream().sorted().map(this::converts);
    }

    private DynamicNode converts(String command) {
        try (Stream<Path> folders = Files.list(FOLDERS.resolve(command))) {
            List<DynamicTest> tests = folders.sorted()
                    .map(folder -> DynamicTest.dynamicTest(
                            String.valueOf(folder.getFileName()), () -> compare(command, folder)))
                    .toList();
            assertTrue(tests.size() > 10, "the golden folders are gone");
            return DynamicContainer.dynamicContainer(command, tests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(String command, Path folder) throws IOException {
        Path output = temporary.resolve(command + "-" + folder.getFileName());
        Path reportFile = temporary.resolve(command + "-" + folder.getFileName() + ".txt");
        StringWriter errors = new StringWriter();
        StringWriter summary = new StringWriter();
        int code = PintleConvert.run(
                new PrintWriter(summary),
                new PrintWriter(errors),
                false,
                arguments(command, folder, output, reportFile));
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

    private static String[] arguments(String command, Path folder, Path output, Path report) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command, folder + "/" + INPUTS.get(command)));
        if (!command.equals("s6")) {
            arguments.addAll(List.of("--root", folder + "/input"));
        } else if (Files.exists(folder.resolve("layer-2"))) {
            arguments.add(folder + "/layer-2");
        }
        arguments.addAll(List.of("-o", output.toString(), "--report", report.toString()));
        Path env = folder.resolve("env");
        if (Files.exists(env)) {
            for (String line : Files.readAllLines(env)) {
                arguments.addAll(List.of("--env", line));
            }
        }
        Path more = folder.resolve("arguments");
        if (Files.exists(more)) {
            arguments.addAll(Files.readAllLines(more));
        }
        return arguments.toArray(new String[0]);
    }
}
