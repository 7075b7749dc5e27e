package dev.pintle.archive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs and keeps what they say. */
final class Native {
    /** What the build has made. */
    static final Path PROGRAM = Path.of(System.getProperty("pintle.s6", "target/native/pintle-s6"))
            .toAbsolutePath()
            .normalize();

    private static final long PATIENCE_SECONDS = 120;

    private Native() {}

    /**
     * What a program has said.
     *
     * @param code   its exit code
     * @param output standard output
     * @param errors standard error
     */
    record Said(int code, String output, String errors) {}

    /** Runs one to its end. */
    static Said run(Path scratch, List<String> words) throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "output", "");
        Path errors = Files.createTempFile(scratch, "errors", "");
        Process process = new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> words + " does not end");
        return new Said(process.exitValue(), text(output), text(errors));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
