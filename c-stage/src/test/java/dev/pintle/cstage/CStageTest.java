package dev.pintle.cstage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.cstage.edit.Rewrite;
import dev.pintle.cstage.edit.Tree;
import dev.pintle.cstage.every.RefusedFeatures;
import dev.pintle.cstage.every.VariablesOfCatches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CStageTest {
    @TempDir
    private Path directory = Path.of("/nonexistent");

    private record Run(int code, String said) {}

    private static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                Path.of("target/classes").toAbsolutePath().toString(),
                CStage.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), said);
    }

    @ParameterizedTest
    @EnumSource(Build.class)
    void saysAllThatDoesNotMatchAtOnce(Build build) {
        List<String> misses = CStage.misses(build.rewrites(), new Tree(Map.of()));
        assertEquals("cannot rewrite the generated C: its all.c includes no source", misses.get(0));
        for (Rewrite rewrite : build.rewrites()) {
            if (needsNothing(rewrite, build)) {
                continue;
            }
            assertTrue(
                    misses.stream().anyMatch(miss -> miss.startsWith("cannot rewrite " + rewrite.name() + ": ")),
                    () -> rewrite.name() + " is not among " + misses);
        }
    }

    private static boolean needsNothing(Rewrite rewrite, Build build) {
        return rewrite instanceof RefusedFeatures || (rewrite instanceof VariablesOfCatches && build == Build.DEBUG);
    }

    @Test
    void writesNothingWhereSomethingDoesNotMatch() throws IOException, InterruptedException {
        String main = "run(teavm_parseArguments(argc, argv));\n";
        Path file = Files.writeString(directory.resolve("main.c"), main);
        Run run = run("release", directory.toString());
        assertEquals(1, run.code());
        assertTrue(run.said().contains("cannot rewrite casts: expected 1, found 0: a line of core.h"), run.said());
        assertTrue(run.said().contains("hint: "), run.said());
        assertFalse(run.said().contains("the program's arguments"), run.said());
        assertEquals(main, Files.readString(file));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void saysHowItIsCalled() throws IOException, InterruptedException {
        assertEquals(new Run(2, "usage: CStage debug|release|program|timed DIRECTORY\n"), run("verify", "c"));
        assertEquals(2, run("release").code());
    }

    @Test
    void saysThatThereIsNoDirectory() throws IOException, InterruptedException {
        Run run = run("debug", directory.resolve("none").toString());
        assertEquals(1, run.code());
        assertTrue(run.said().startsWith("cannot rewrite the generated C: "), run.said());
        assertTrue(run.said().contains("none"), run.said());
    }
}
