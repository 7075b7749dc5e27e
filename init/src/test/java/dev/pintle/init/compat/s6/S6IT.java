package dev.pintle.init.compat.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.Programs.Result;
import dev.pintle.init.compat.Comparison;
import java.io.IOException;
import java.nio.file.Files;
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
        Programs original = Programs.installedOnes(scratch.resolve("a"));
        Programs ours = Programs.ours(scratch.resolve("b"), "s6-setuidgid", "s6-envdir");
        return new Comparison(getClass(), scratch, original, ours).of("s6-cases.txt");
    }

    /** Both are run by the machine's s6-supervise, which the original does not do without. */
    @TestFactory
    Stream<DynamicTest> checksAsS6Does() throws IOException {
        assumeTrue(Programs.installed("s6-notifyoncheck"), "s6 is not installed");
        String supervised = """
                mkdir -p s/data
                printf '#!/bin/sh\n%s\n' "$1" >s/run
                printf '#!/bin/sh\necho $1 >ended; exit 125\n' >s/finish
                test $# -eq 1 || printf '#!/bin/sh\n%s\n' "$2" >s/data/check
                chmod +x s/run s/finish s/data/*
                s6-supervise s &
                until test -e s/ended; do sleep .05; done
                s6-svc -x s
                wait
                """;
        Programs original = Programs.installedOnes(scratch.resolve("a")).with("supervised", supervised);
        Programs ours = Programs.ours(scratch.resolve("b"), "s6-notifyoncheck").with("supervised", supervised);
        return new Comparison(getClass(), scratch, original, ours).of("notifyoncheck-cases.txt");
    }

    /** The init takes the newline for the service's readiness. */
    @Test
    void aServiceIsReadyOnceItsCheckSaysSo() throws IOException {
        Programs ours = Programs.ours(scratch.resolve("b"), "s6-notifyoncheck", "init", "pintle");
        Path service = Files.createDirectories(scratch.resolve("layout/services/web"));
        Files.writeString(
                service.resolve("service.conf"),
                "command = s6-notifyoncheck -3 3 -s 10 -w 20 -n 0 -c \"test -e " + scratch
                        + "/go\" sleep 1000\nready = fd:3\n");
        String[] variables = {"PINTLE_DIR=" + scratch.resolve("layout"), "PINTLE_CONTROL=" + scratch.resolve("control")
        };
        Result result = ours.run(
                scratch,
                "init & until pintle wait web --for started 2>errors; do sleep .05; done; pintle status web | grep -o ' up ';"
                        + " touch go; pintle wait web; pintle status web | grep -o ready; kill $!; wait $!",
                variables);
        assertEquals(new Result(0, " up \nready\n", ""), result);
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
