package dev.pintle.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * Runs scenarios only where a Docker engine answers, and tells for each result on which image it was got.
 *
 * <p>Without an engine a scenario is skipped with the reason, but in CI ({@code CI=true}) it fails: a matrix that
 * did not run must not look like one that passed.
 */
final class MatrixExtension implements BeforeEachCallback, TestWatcher {

    private static final Path RESULTS = Path.of("target", "matrix-results.txt");

    @Override
    public void beforeEach(ExtensionContext context) {
        String absent = whyNoEngine();
        if (absent == null) {
            return;
        }
        String message = "no Docker engine: " + absent;
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(message);
        }
        throw new TestAbortedException(message);
    }

    /** Why there is no engine, as {@code scripts/docker-engine} found it, or null if there is one. */
    private static @Nullable String whyNoEngine() {
        String docker = System.getenv("PINTLE_DOCKER");
        if ("present".equals(docker)) {
            return null;
        }
        return "absent".equals(docker)
                ? System.getenv("PINTLE_DOCKER_ABSENT")
                : "the matrix was not started by scripts/test, which finds or starts one (set PINTLE_DOCKER=present "
                        + "where one is known to answer)";
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        report("passed", context);
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        report("FAILED", context);
    }

    private static void report(String result, ExtensionContext context) {
        if (whyNoEngine() != null) {
            return;
        }
        String image = BaseImage.describe(Distribution.named(context.getDisplayName()));
        String line = "%s %s.%s on %s%n"
                .formatted(
                        result,
                        context.getRequiredTestClass().getSimpleName(),
                        context.getRequiredTestMethod().getName(),
                        image);
        System.out.print(line);
        try {
            Files.writeString(
                    RESULTS, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
