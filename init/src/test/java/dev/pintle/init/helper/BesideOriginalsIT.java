package dev.pintle.init.helper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.init.Programs;
import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The helper programs beside those of util-linux and coreutils that scripts call without them. */
final class BesideOriginalsIT {
    private static final String SHOW_LIMITS = " cat /proc/self/limits";
    private static final String SHOW_IDENTITY =
            " sh -c 'id; grep -E \"^(Uid|Gid|Groups|Cap|NoNewPrivs)\" /proc/self/status'";
    private static final String TREE = "mkdir -p t/a out; touch t/a/f out/victim; ln -s ../../out t/a/link; ";
    private static final String SHOW_TREE = "; find t out -printf '%p %U:%G %m\\n' | sort";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private Programs programs = Programs.copied(Path.of("/tmp"), Path.of("/tmp"));

    @BeforeEach
    void makePrograms() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "users, limits and files of others take root");
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        programs =
                Programs.ours(scratch.resolve("bin"), "pintle-setuser", "pintle-env", "pintle-chown", "pintle-limit");
    }

    private void assertTheSame(String original, String ours) throws IOException {
        String program = original.replaceFirst("^.*; ", "").split(" ", 2)[0];
        assumeTrue(programs.run(scratch, "command -v " + program).code() == 0, "the machine has no " + program);
        Result expected = programs.run(Files.createTempDirectory(scratch, "original"), original);
        Result actual = programs.run(Files.createTempDirectory(scratch, "ours"), ours);
        assertFalse(expected.output().isEmpty(), expected.errors());
        assertEquals(expected, actual);
    }

    @ParameterizedTest
    @CsvSource({
        "--reuid=nobody --regid=nogroup --init-groups, nobody",
        "--reuid=daemon --regid=mail --groups=mail, daemon:mail",
        "--reuid=1234 --regid=99 --groups=99, 1234:99",
        "--reuid=root --regid=root --init-groups, root",
    })
    void aUserIsTakenOnAsBySetpriv(String original, String ours) throws IOException {
        assertTheSame("setpriv " + original + SHOW_IDENTITY, "pintle-setuser " + ours + SHOW_IDENTITY);
    }

    @ParameterizedTest
    @CsvSource({
        "--nofile=100:200 --core=0, nofile=100:200 core=0",
        "--nofile=64: --stack=1048576:2097152, nofile=64: stack=1m:2m",
        "--as=1073741824 --cpu=7, as=1g cpu=7",
        "--memlock=65536 --nproc=500:600, memlock=64k nproc=500:600",
    })
    void limitsAreSetAsByPrlimit(String original, String ours) throws IOException {
        assertTheSame("prlimit " + original + SHOW_LIMITS, "pintle-limit " + ours + SHOW_LIMITS);
    }

    @ParameterizedTest
    @CsvSource({
        "nice -n 4 nice, pintle-limit niceness=4 nice",
        "choom -n 300 -- cat /proc/self/oom_score_adj, pintle-limit oom_score_adj=300 cat /proc/self/oom_score_adj",
        "env A=1 B='two words' printenv A B, pintle-env A=1 B='two words' printenv A B",
    })
    void restIsAsByItsOwnProgram(String original, String ours) throws IOException {
        assertTheSame(original, ours);
    }

    @ParameterizedTest
    @CsvSource({"12:34", "12", ":56", "daemon:mail"})
    void treesAreGivenAwayAsByChown(String owner) throws IOException {
        assertTheSame(
                TREE + "chown -R -h " + owner + " t" + SHOW_TREE, TREE + "pintle-chown " + owner + " t" + SHOW_TREE);
    }
}
