package dev.pintle.init.scenario;

import dev.pintle.init.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios on the native binary, as PID 1 of a pid namespace where that is allowed. */
final class NativeScenariosIT extends ScenarioContract {
    @TempDir
    private Path scratch = Path.of("/nonexistent");

    @Override
    protected Engine engine() {
        Path directory = scratch.resolve("bin");
        Programs programs = Programs.ours(directory, "init");
        List<String> words = new ArrayList<>();
        String namespace = programs.namespace(scratch);
        if (!namespace.isEmpty()) {
            words.addAll(List.of(namespace.strip().split(" ", -1)));
        }
        words.add(directory.resolve("init").toString());
        return new RealEngine(scratch, words);
    }
}
