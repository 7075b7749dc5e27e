package dev.pintle.init.scenario;

/** What plays scenarios. */
public interface Engine {
    /**
     * Plays one to its end.
     *
     * @throws AssertionError where it does not go as written
     */
    void play(Scenario scenario);
}
