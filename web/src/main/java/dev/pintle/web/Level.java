package dev.pintle.web;

/** What somebody may do, each level what those before it may. */
enum Level {
    /** Ask whether the container is healthy. */
    NOBODY("nobody"),
    /** See metrics. */
    METRICS("metrics"),
    /** See everything. */
    READ("read"),
    /** Change what runs. */
    OPERATE("operate");

    private final String text;

    Level(String text) {
        this.text = text;
    }

    /** As users files have it. */
    String text() {
        return text;
    }

    /** Whether it is enough where another one is asked for. */
    boolean allows(Level needed) {
        return compareTo(needed) >= 0;
    }
}
