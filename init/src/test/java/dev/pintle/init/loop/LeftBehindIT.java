package dev.pintle.init.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.Programs.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service leaves behind is looked at by the native init, and not more of it than a turn of its loop has time for. */
@Timeout(120)
final class LeftBehindIT {
    @TempDir
    private Path scratch = Path.of("/nonexistent");

    @Test
    void ofHundredsOfProcessesSomeAreLookedAt() throws Exception {
        LaidOut container = new LaidOut(scratch, "init", "pintle");
        Files.writeString(scratch.resolve("leave"), "for i in $(seq 400); do sleep 1000 & done\nexit 0\n");
        container.service(
                "many", "command = sh " + scratch + "/leave\nmin_uptime = 100s\nstart_retries = 0\nkill_group = no\n");
        container.service("web", "command = sleep 1000\n");
        Process init = container
                .programs()
                .shell(scratch, "exec init", container.variables())
                .redirectError(scratch.resolve("said").toFile())
                .start();
        try {
            Result status = container.run("until pintle status many 2>&1 | grep background; do sleep 0.1; done");
            assertTrue(status.output().contains("sleep (pid "), status.output());
            assertTrue(Files.readString(scratch.resolve("said")).contains("and at least 190 more"), status.output());
        } finally {
            init.destroy();
            assertTrue(init.waitFor(60, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, init.exitValue());
    }
}
