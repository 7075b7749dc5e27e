package dev.pintle.init.compat.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.compat.Comparison;
import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The programs of s6 are s6's, case by case; those of s6-overlay do what its scripts do. */
final class S6IT {
    @TempDir
    private Path scratch = Path.of("/nonexistent");

    @TestFactory
    Stream<DynamicTest> doesWhatS6Does() throws IOException {
        assumeTrue(Programs.installed("s6-envdir"), "s6 is not installed");
        Programs original = Programs.copied(scratch.resolve("a"), Path.of("/nonexistent"));
        Programs ours = Programs.ours(scratch.resolve("b"), "s6-setuidgid", "s6-envdir");
        return new Comparison(getClass(), scratch, original, ours).of("s6-cases.txt");
    }

    /** In a pid namespace of its own, where PID 1 is known to have other variables than who asks. */
    @Test
    void theContainersVariablesArePid1s() {
        assumeTrue("root".equals(System.getProperty("user.name")), "a pid namespace takes root");
        Programs ours = Programs.ours(scratch.resolve("b"), "with-contenv", "printcontenv");
        String ask =
                "env -i PATH=$PATH OWN=1 sh -c 'with-contenv env; printcontenv CONTAINERS; printcontenv OWN; echo $?'";
        Result result = ours.run(
                scratch,
                "unshare -pf --mount-proc env CONTAINERS=yes sh -c \""
                        + ask.replace("$", "\\$").replace("\"", "\\\"")
                        + "; true\" | grep -vE '^(PATH|HOME|LC_ALL|PWD|OLDPWD|SHLVL|_)='");
        assertEquals("CONTAINERS=yes\nyes\n1\n", result.output(), result.errors());
    }

    @Test
    void allIsKeptWhereThatIsAskedFor() {
        Programs ours = Programs.ours(scratch.resolve("b"), "with-contenv");
        Result result = ours.run(scratch, "env -i S6_KEEP_ENV=1 OWN=1 $(which with-contenv) /usr/bin/env");
        assertEquals("S6_KEEP_ENV=1\nOWN=1\n", result.output());
    }
}
