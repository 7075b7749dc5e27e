package dev.pintle.web.supervisord;

import dev.pintle.init.control.Message;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Readiness;
import org.jspecify.annotations.Nullable;

/** The states that supervisord knows. */
public enum ProcessState {
    /** It does not run, and is not meant to. */
    STOPPED(0),
    /** It is on its way up. */
    STARTING(10),
    /** It is up. */
    RUNNING(20),
    /** It ended before it was up, and is tried again. */
    BACKOFF(30),
    /** It is on its way down. */
    STOPPING(40),
    /** It was up, and has ended. */
    EXITED(100),
    /** It is given up. */
    FATAL(200);

    /** Its number. */
    public final int code;

    ProcessState(int code) {
        this.code = code;
    }

    /** Whether supervisord starts nothing in this state, and can stop it. */
    boolean isRunning() {
        return this == RUNNING || this == STARTING || this == BACKOFF;
    }

    /** Whether nothing of it runs. */
    boolean isStopped() {
        return this == STOPPED || this == EXITED || this == FATAL;
    }

    /** Whether it takes signals. */
    boolean isSignallable() {
        return this == RUNNING || this == STARTING || this == STOPPING;
    }

    /**
     * The state of a service.
     *
     * @param status     what the init says of it
     * @param definition what the layout says of it; null where it has it no more
     */
    static ProcessState of(Message status, @Nullable ServiceDefinition definition) {
        boolean startFailed = status.number("failed_starts", 0) > 0;
        return switch (status.text("state")) {
            case "waiting", "starting", "up" -> STARTING;
            case "ready" -> isProved(status, definition) ? RUNNING : STARTING;
            case "stopping", "finishing" -> STOPPING;
            case "backoff" -> startFailed ? BACKOFF : EXITED;
            case "failed" -> startFailed || !hasEnded(status) ? FATAL : EXITED;
            case "done" -> EXITED;
            default -> STOPPED;
        };
    }

    /** What is ready as soon as it is executed counts as up once it has run for {@code min_uptime}, supervisord's startsecs. */
    private static boolean isProved(Message status, @Nullable ServiceDefinition definition) {
        return definition == null
                || definition.readiness().kind() != Readiness.Kind.STARTED
                || status.number("started_ago_ms", Long.MAX_VALUE)
                        >= definition.restart().minUptime();
    }

    private static boolean hasEnded(Message status) {
        return status.number("exit_code", -1) >= 0
                || !status.text("exit_signal").isEmpty();
    }
}
