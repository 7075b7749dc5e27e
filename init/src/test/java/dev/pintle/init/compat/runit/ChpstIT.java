package dev.pintle.init.compat.runit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.compat.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** chpst and the names of daemontools that it answers to are runit's, case by case. */
final class ChpstIT {
    private static final String[] NAMES = {
        "chpst", "setuidgid", "envuidgid", "envdir", "pgrphack", "setlock", "softlimit"
    };

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    @TestFactory
    Stream<DynamicTest> doesWhatRunitsDoes() throws IOException {
        assumeTrue(Programs.installed("chpst"), "runit is not installed");
        Programs original = Programs.copied(scratch.resolve("a"), Path.of("/usr/bin/chpst"), NAMES);
        Programs ours = Programs.ours(scratch.resolve("b"), NAMES);
        return new Comparison(getClass(), scratch, original, ours).of("chpst-cases.txt");
    }
}
