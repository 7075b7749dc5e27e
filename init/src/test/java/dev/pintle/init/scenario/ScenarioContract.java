package dev.pintle.init.scenario;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario goes as it is written; {@code -Dscenario=NAME} plays those whose name contains it. */
public abstract class ScenarioContract {
    private static final String CHOSEN = System.getProperty("scenario", "");

    /** What plays them. */
    protected abstract Engine engine();

    static List<Scenario> scenarios() throws IOException {
        return ScenarioFile.readAll().stream()
                .filter(scenario -> scenario.name().contains(CHOSEN))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void goesAsItIsWritten(Scenario scenario) {
        engine().play(scenario);
    }
}
