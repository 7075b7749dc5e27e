package dev.pintle.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a command on the machine that runs the tests. */
final class Command {

    private Command() {}

    /**
     * Runs a command and returns what it wrote to its standard output; its standard error goes to the test's.
     *
     * @throws IllegalStateException if its exit code is not 0
     */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("%s: exit code %d: %s".formatted(List.of(command), code, output));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
