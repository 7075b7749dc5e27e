package dev.pintle.init.core;

/** What a service is doing. */
public enum State {
    /** Not running, and not meant to. */
    DOWN("down"),
    /** Meant to run; something that it depends on is not ready yet. */
    WAITING("waiting"),
    /** Its process is being set up. */
    STARTING("starting"),
    /** Its process runs, and is not ready yet. */
    UP("up"),
    /** Its process runs and is ready. */
    READY("ready"),
    /** It is being brought down. */
    STOPPING("stopping"),
    /** Its run has ended and its finish script runs. */
    FINISHING("finishing"),
    /** Its next start waits for its time. */
    BACKOFF("backoff"),
    /** Given up. */
    FAILED("failed"),
    /** Ended for good by its policy; a oneshot: completed. */
    DONE("done");

    private final String text;

    State(String text) {
        this.text = text;
    }

    /** The word that users see. */
    public String text() {
        return text;
    }

    /** What a service in this state does, after its name: {@code is ready}, {@code has failed}. */
    public String phrase() {
        return switch (this) {
            case BACKOFF -> "is backing off";
            case FAILED -> "has failed";
            case DONE -> "has ended";
            case DOWN, WAITING, STARTING, UP, READY, STOPPING, FINISHING -> "is " + text;
        };
    }

    /** Whether its own process exists, or may. */
    public boolean running() {
        return this == STARTING || this == UP || this == READY || this == STOPPING;
    }

    /** Whether nothing of it runs and nothing will by itself. */
    public boolean settled() {
        return this == DOWN || this == FAILED || this == DONE;
    }
}
