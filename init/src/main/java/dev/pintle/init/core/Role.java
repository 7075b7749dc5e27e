package dev.pintle.init.core;

/** What a process is for. */
public enum Role {
    /** The service itself. */
    RUN("command"),
    /** Its {@code stop_command}. */
    STOP("stop command"),
    /** A oneshot's {@code down_command}. */
    DOWN("down command"),
    /** Its {@code finish} script. */
    FINISH("finish script"),
    /** Its {@code reload_command}. */
    RELOAD("reload command"),
    /** A health check's test. */
    HEALTHCHECK("health check");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** The words for it in messages. */
    public String text() {
        return text;
    }
}
