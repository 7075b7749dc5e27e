package dev.pintle.init.scenario;

import dev.pintle.init.JvmMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios on a JVM with real processes; it cannot be PID 1, and is a subreaper. */
final class JvmScenariosIT extends ScenarioContract {
    @TempDir
    private Path scratch = Path.of("/nonexistent");

    @Override
    protected Engine engine() {
        List<String> command = new ArrayList<>(withDefaultSignals());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                JvmMain.class.getName(),
                "init"));
        return new RealEngine(scratch, command);
    }

    /** A shell's background job ignores INT, and a JVM that was started so cannot receive it; where env(1) can mend that. */
    private static List<String> withDefaultSignals() {
        List<String> words = List.of("env", "--default-signal=INT,QUIT,HUP");
        List<String> trial = new ArrayList<>(words);
        trial.add("true");
        try {
            return new ProcessBuilder(trial).start().waitFor() == 0 ? words : List.of();
        } catch (IOException | InterruptedException e) {
            return List.of();
        }
    }
}
