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
 * Each folder below {@code golden/dockerfile} is named by a behaviour and holds {@code input/}, a build context, and
 * what {@code --write} makes of it: {@code expected/} has the files that were changed, {@code expected-report.txt} what
 * is said of the build's files, {@code expected-diagnostics.txt} standard error and the exit code. {@code args} has more
 * arguments, {@code command} the command where it is not {@code supervisord}. {@code -Dgolden.rewrite=true} writes them anew.
 */
class DockerfileGoldenTest {

    private static final Path FOLDERS = Path.of("src/test/resources/golden/dockerfile");
    private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

    @TempDir
    private Path temporary = Path.of("");

    @TestFactory
    List<DynamicTest> moves() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            List<DynamicTest> tests = folders.sorted()
                    .map(folder -> DynamicTest.dynamicTest(String.valueOf(folder.getFileName()), () -> compare(folder)))
                    .toList();
            assertTrue(tests.size() > 10, "the golden folders are gone");
            return tests;
        }
    }

    private void compare(Path folder) throws IOException {
        Path context = temporary.resolve(folder.getFileName());
        Map<String, String> before = Trees.read(folder.resolve("input"));
        Trees.write(context, before);
        Run written = run(folder, context, "--write");
        Map<String, String> changed = Trees.read(context);
        changed.keySet().removeIf(name -> name.startsWith("out/"));
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        if (REWRITE) {
            Trees.rewrite(folder.resolve("expected"), changed);
            Trees.rewrite(folder, "expected-report.txt", written.report());
            Trees.rewrite(folder, "expected-diagnostics.txt", written.said());
        }
        assertEquals(Trees.read(folder.resolve("expected")), changed);
        assertEquals(Trees.text(folder.resolve("expected-report.txt")), written.report());
        assertEquals(Trees.text(folder.resolve("expected-diagnostics.txt")), written.said());
        if (written.code() == 0) {
            movesOnlyOnce(folder, context);
        }
    }

    private record Run(int code, String report, String said) {}

    private Run run(Path folder, Path context, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command(folder)));
        String args = Trees.text(folder.resolve("args")).strip();
        for (String argument : args.isEmpty() ? new String[0] : args.split("\\s+")) {
            arguments.add(argument.replace("CONTEXT", context.toString()));
        }
        if (!args.contains("--dockerfile")) {
            arguments.addAll(List.of("--dockerfile", context + "/Dockerfile"));
        }
        Path report = temporary.resolve("report-of-" + folder.getFileName() + ".md");
        arguments.addAll(List.of("-o", context + "/out", "--force", "--report", report.toString()));
        arguments.addAll(List.of(more));
        StringWriter err = new StringWriter();
        int code = PintleConvert.run(
                new PrintWriter(new StringWriter()), new PrintWriter(err), false, arguments.toArray(String[]::new));
        String place = context + "/";
        return new Run(
                code,
                buildFiles(Trees.text(report), place),
                (err + "exit code " + code + "\n").replace(place, "").replace(context.toString(), "CONTEXT"));
    }

    private static String command(Path folder) throws IOException {
        String command = Trees.text(folder.resolve("command")).strip();
        return command.isEmpty() ? "supervisord" : command;
    }

    /** What the report says of files of the build; the rest has golden folders of its own. */
    private static String buildFiles(String report, String place) {
        StringBuilder out = new StringBuilder();
        for (String section : report.split("(?=## )", -1)) {
            boolean ofFile = section.startsWith("## `" + place);
            if (ofFile || section.startsWith("## `[supervisord]") || section.startsWith("## To prove")) {
                out.append(section.replace(place, "").replace(place.substring(0, place.length() - 1), "CONTEXT"));
            }
        }
        return out.toString();
    }

    /** What was moved does not mention the old supervisor's start any more, so a second move finds nothing to replace. */
    private void movesOnlyOnce(Path folder, Path context) throws IOException {
        Map<String, String> once = Trees.read(context);
        once.keySet().removeIf(name -> name.startsWith("out/"));
        List<String> arguments =
                new ArrayList<>(List.of(command(folder), "--diff", "--dockerfile", context + "/Dockerfile"));
        StringWriter out = new StringWriter();
        int code = PintleConvert.run(
                new PrintWriter(out), new PrintWriter(new StringWriter()), false, arguments.toArray(String[]::new));
        Map<String, String> twice = Trees.read(context);
        twice.keySet().removeIf(name -> name.startsWith("out/"));
        assertEquals(once, twice, () -> folder + ": --diff has written something");
        assertTrue(code == 0 || code == 2 || code == 3, () -> folder + ": exit code " + code);
    }
}
