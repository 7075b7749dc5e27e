package dev.pintle.init.core;

/** What a service's health check says. */
public enum HealthState {
    /** It has none, or does not run. */
    NONE("none"),
    /** No test has passed so far. */
    STARTING("starting"),
    /** The last test passed, or too few have failed. */
    HEALTHY("healthy"),
    /** Too many tests have failed in a row. */
    UNHEALTHY("unhealthy");

    /** Why a service is not healthy of which no test has passed, and none has failed. */
    public static final String UNPROVED = "its health check has not passed so far";

    private final String text;

    HealthState(String text) {
        this.text = text;
    }

    /** The word that users see; Docker's. */
    public String text() {
        return text;
    }
}
