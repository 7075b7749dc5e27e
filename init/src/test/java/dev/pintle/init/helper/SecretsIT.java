package dev.pintle.init.helper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that a service gets by files are in its environment, and nowhere else that anybody looks. */
final class SecretsIT {
    private static final String VALUE = "correct-horse-battery";
    /** Of the value, so that no command names it. */
    private static final String SUM = "printf %s \"$$PASSWORD\" | md5sum >sum.part; mv sum.part sum; exec sleep 1000";
    /** Prints every place but the secret itself where the value is. */
    private static final String SEARCH = "grep -rls " + VALUE.substring(0, 7) + "[-]" + VALUE.substring(8)
            + " . /run /dev/shm /proc/[0-9]*/cmdline | grep -v '^./secret'";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private Programs programs = Programs.ours(Path.of("/nonexistent"));

    @BeforeEach
    void makePrograms() throws IOException {
        programs = Programs.ours(scratch.resolve("bin"), "init", "pintle", "pintle-env");
        Files.writeString(Files.createDirectories(scratch.resolve("layout")).resolve("pintle.conf"), """
                [container]
                log_level = debug
                """);
    }

    private void service(String text) throws IOException {
        Path service = Files.createDirectories(scratch.resolve("layout/services/web"));
        Files.writeString(service.resolve("service.conf"), "working_dir = " + scratch + "\n" + text);
    }

    private Programs.Result run(String script) {
        return programs.run(
                scratch,
                script,
                "PINTLE_DIR=" + scratch.resolve("layout"),
                "PINTLE_CONTROL=" + scratch.resolve("control"));
    }

    /** All that can be asked of the init is written to files, which are searched as well. */
    private void expectHiddenFromAllButTheService() throws IOException {
        Programs.Result result = run("init >log 2>&1 & pid=$!; until test -e sum; do sleep .05; done;"
                + " pintle status --json >status; pintle tree >tree; pintle check >check 2>&1; pintle reload >reload 2>&1;"
                + " tr '\\0' '\\n' </proc/$(pgrep -P $pid)/environ | grep -c ^PASSWORD=; "
                + SEARCH + "; kill $pid; wait $pid");
        assertEquals("1\n", result.output(), result.errors());
        String expected = run("printf %s " + VALUE + " | md5sum").output();
        assertEquals(expected, Files.readString(scratch.resolve("sum")));
        assertTrue(Files.readString(scratch.resolve("status")).contains("\"web\""));
    }

    @Test
    void aSecretFileOfPintleEnvIsReadWithoutItsNewline() throws IOException {
        Files.writeString(scratch.resolve("secret"), VALUE + "\n");
        service("command = pintle-env --secrets sh -c '" + SUM + "'\n[environment]\nPATH = " + scratch.resolve("bin")
                + ":/usr/bin:/bin\nPASSWORD_FILE = " + scratch.resolve("secret") + "\n");
        expectHiddenFromAllButTheService();
    }

    @Test
    void aLineOfAnEnvironmentFileIsReadWithoutItsNewline() throws IOException {
        Files.writeString(scratch.resolve("secret"), "PASSWORD=" + VALUE + "\n");
        service("command = sh -c '" + SUM + "'\nenvironment_file = " + scratch.resolve("secret") + "\n");
        expectHiddenFromAllButTheService();
    }

    @Test
    void aFileThatMakesNoSenseIsNotQuoted() throws IOException {
        Files.writeString(scratch.resolve("secret"), "PASSWORD " + VALUE + "\n");
        service("command = sleep 1000\nrestart = no\nstart_retries = 0\non_failed = stop_container\nenvironment_file = "
                + scratch.resolve("secret") + "\n");
        Programs.Result result = run("init");
        assertTrue(result.errors().contains("secret:1"), result.errors());
        assertFalse(result.errors().contains(VALUE), result.errors());
    }
}
