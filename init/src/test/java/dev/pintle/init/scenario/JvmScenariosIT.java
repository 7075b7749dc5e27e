package dev.pintle.init.scenario;

import dev.pintle.init.JvmMain;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios on a JVM with real processes; it cannot be PID 1, and is a subreaper. */
final class JvmScenariosIT extends ScenarioContract {
    @TempDir
    private Path scratch = Path.of("/nonexistent");

    @Override
    protected Engine engine() {
        return new RealEngine(
                scratch,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JvmMain.class.getName(),
                        "init"));
    }
}
