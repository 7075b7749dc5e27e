package dev.pintle.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a command on the machine that runs the tests. */
final class Command {

    private Command() {}

    /**
     * Runs a command and returns what it wrote to its standard output.
     *
     * @throws IllegalStateException if its exit code is not 0, with all that it wrote
     */
    static String run(String... command) {
        try {
            Path errors = Files.createTempFile("errors", ".txt");
            try {
                return run(errors, command);
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String run(Path errors, String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    "%s: exit code %d: %s%s".formatted(List.of(command), code, Files.readString(errors), output));
        }
        return output;
    }
}
