package dev.pintle.init.sim;

import dev.pintle.init.scenario.Engine;
import dev.pintle.init.scenario.Scenario;
import dev.pintle.init.scenario.ScenarioContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios in the simulation, which has bad days too. */
final class SimScenariosTest extends ScenarioContract {
    private static final int BAD_DAYS = 20;
    private static final int PER_MILLE = 100;

    @Override
    protected Engine engine() {
        return new SimEngine(Faults.none());
    }

    /** What every machine does now and then changes no outcome. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void goesSoOnABadDay(Scenario scenario) {
        for (long seed = 1; seed <= BAD_DAYS; seed++) {
            Faults faults = new Faults(seed)
                    .rate(Faults.Kind.SHORT_READ, PER_MILLE)
                    .rate(Faults.Kind.SHORT_WRITE, PER_MILLE)
                    .rate(Faults.Kind.INTERRUPT, PER_MILLE)
                    .rate(Faults.Kind.LATE_CHILD_SIGNAL, PER_MILLE);
            try {
                new SimEngine(faults).play(scenario);
            } catch (AssertionError e) {
                throw new AssertionError("with faults of seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
