package dev.pintle.init.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.Programs;
import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Runs each line of a file of shell commands with the original programs and with ours: all that is seen must be the same. */
public final class Comparison {
    private final Class<?> test;
    private final Path scratch;
    private final Programs original;
    private final Programs ours;

    /**
     * Compares.
     *
     * @param test whose resources the commands are among
     */
    public Comparison(Class<?> test, Path scratch, Programs original, Programs ours) {
        this.test = test;
        this.scratch = scratch;
        this.original = original;
        this.ours = ours;
    }

    /** A test for each line of a resource; {@code #} begins a comment. */
    public Stream<DynamicTest> of(String resource) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines(resource)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                tests.add(DynamicTest.dynamicTest(line, () -> compare(line)));
            }
        }
        return tests.stream();
    }

    private List<String> lines(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(test.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** Programs that wait and signal race with each other, the original too: a difference counts when it comes again. */
    private void compare(String line) throws IOException {
        String expected = show(original.run(directory("original"), line));
        String actual = show(ours.run(directory("ours"), line));
        if (!expected.equals(actual)) {
            expected = show(original.run(directory("original"), line));
            actual = show(ours.run(directory("ours"), line));
        }
        assertEquals(expected, actual);
    }

    /** Fresh, and of the same name for both, as messages may name it. */
    private Path directory(String whose) throws IOException {
        Path directory = Files.createTempDirectory(scratch, whose).resolve("w");
        return Files.createDirectory(directory);
    }

    private static String show(Result result) {
        return "code " + result.code() + "\n" + result.output() + "--\n" + result.errors();
    }
}
