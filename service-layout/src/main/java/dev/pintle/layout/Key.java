package dev.pintle.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every key of service.conf and pintle.conf: the one list that the parser, its hints and the reference page are driven
 * by. Sections whose keys are the user's own ({@link Section#ENVIRONMENT}, {@link Section#SIGNALS}) have none here, and
 * {@link Section#DEFAULTS} takes those of {@link Section#SERVICE}.
 *
 * <p>Three defaults depend on other keys, because the plain default would turn what the user wrote into nothing:
 *
 * <ul>
 *   <li>{@code restart} is {@code no} where {@code on_exit} is {@code stop_container} or {@code ignore}: under
 *       {@code always} the service would never end for good, and what was asked for never happen.
 *   <li>{@code start_retries} is {@code 0} where {@code restart} is {@code no}, so that nothing is started again that
 *       nobody asked to start again, and for a oneshot: what a migration half did is not repeated unasked.
 *   <li>{@code on_failed} is {@code stop_container} for a oneshot, and where {@code on_exit = stop_container}: a service
 *       whose end stops the container is one that the container cannot do without.
 * </ul>
 */
public enum Key {
    TYPE(
            Section.SERVICE,
            "type",
            ValueKind.CHOICE,
            "service",
            "Long-running, or runs once and is up when it has ended with success.",
            "service",
            "oneshot"),
    COMMAND(
            Section.SERVICE,
            "command",
            ValueKind.WORDS,
            "./run",
            "What to execute, without a shell; `./NAME` is a file of the service directory."),
    ENABLED(Section.SERVICE, "enabled", ValueKind.BOOLEAN, "yes", "`no`: as if the directory were not there."),
    AUTOSTART(Section.SERVICE, "autostart", ValueKind.BOOLEAN, "yes", "`no`: known, but down until asked for."),
    INSTANCES(
            Section.SERVICE,
            "instances",
            ValueKind.COUNT,
            null,
            "N copies, `NAME-1` to `NAME-N`, each with `PINTLE_INSTANCE`, which its values may use; 0: none."),
    GROUP(Section.SERVICE, "group", ValueKind.NAMES, null, "Names of groups: `pintle restart @backend`."),
    DEPENDS_ON(
            Section.SERVICE,
            "depends_on",
            ValueKind.DEPENDENCIES,
            null,
            "`NAME` or `NAME:CONDITION` (`started`, `ready`, `healthy`, `completed`, `finished`); bare, `completed` for"
                    + " a oneshot, else `ready`."),
    AFTER(
            Section.SERVICE,
            "after",
            ValueKind.NAMES,
            null,
            "Order only: wait until those have been started or have failed."),
    READY(
            Section.SERVICE,
            "ready",
            ValueKind.READINESS,
            "started",
            "`started`, `fd:N`, `notify`, `tcp:[HOST:]PORT`, `file:PATH` or `healthcheck`."),
    READY_TIMEOUT(
            Section.SERVICE,
            "ready_timeout",
            ValueKind.DURATION,
            "0s",
            "After it a start that is not ready counts as failed; 0: no limit."),
    RESTART(
            Section.SERVICE,
            "restart",
            ValueKind.CHOICE,
            "always",
            "After a run that had come up; `no` where `on_exit` is `ignore` or `stop_container`.",
            "always",
            "on-failure",
            "no"),
    SUCCESS_EXIT_CODES(
            Section.SERVICE,
            "success_exit_codes",
            ValueKind.EXIT_CODES,
            "0",
            "What `on-failure` and a oneshot call success: codes, and signals by name."),
    MIN_UPTIME(
            Section.SERVICE,
            "min_uptime",
            ValueKind.DURATION,
            "1s",
            "A run that ends sooner is a failed start. Unless the key is given, an end after which `restart` restarts nothing is none."),
    START_RETRIES(
            Section.SERVICE,
            "start_retries",
            ValueKind.COUNT_OR_UNLIMITED,
            "unlimited",
            "Consecutive failed starts that are tried again; `0` for a oneshot and where `restart` is `no`."),
    RESTART_DELAY(
            Section.SERVICE,
            "restart_delay",
            ValueKind.DURATION,
            "0s",
            "Before a restart after a run that lasted `min_uptime`."),
    BACKOFF(
            Section.SERVICE,
            "backoff",
            ValueKind.CHOICE,
            "exponential",
            "After failed starts: 1s 2s 4s …, 1s 2s 3s …, or 1s each.",
            "exponential",
            "linear",
            "none"),
    BACKOFF_MAX(Section.SERVICE, "backoff_max", ValueKind.DURATION, "30s", "The longest wait after failed starts."),
    ON_EXIT(
            Section.SERVICE,
            "on_exit",
            ValueKind.CHOICE,
            "restart",
            "When it ends for good, by policy and not by command: `restart` follows `restart` and then does nothing.",
            "restart",
            "ignore",
            "stop_container"),
    ON_FAILED(
            Section.SERVICE,
            "on_failed",
            ValueKind.CHOICE,
            "ignore",
            "When it is given up; `stop_container` for a oneshot and where `on_exit = stop_container`.",
            "ignore",
            "stop_container"),
    USER(Section.SERVICE, "user", ValueKind.USER, null, "`name`, `uid`, `name:group` or `uid:gid`."),
    GROUPS(Section.SERVICE, "groups", ValueKind.NAMES, null, "Supplementary groups, in place of those of /etc/group."),
    LOGIN_ENVIRONMENT(
            Section.SERVICE,
            "login_environment",
            ValueKind.BOOLEAN,
            "yes",
            "Whether `HOME`, `USER`, `LOGNAME` and `SHELL` follow `user`."),
    WORKING_DIR(
            Section.SERVICE,
            "working_dir",
            ValueKind.PATH,
            null,
            "Absolute; else the container's, or the service directory where `command` is a file of it."),
    UMASK(Section.SERVICE, "umask", ValueKind.OCTAL, null, "Octal; else inherited."),
    NICE(Section.SERVICE, "nice", ValueKind.INTEGER, null, "-20 to 19, added to the inherited niceness."),
    OOM_SCORE_ADJ(Section.SERVICE, "oom_score_adj", ValueKind.INTEGER, null, "-1000 to 1000; else inherited."),
    CLEAR_ENVIRONMENT(
            Section.SERVICE,
            "clear_environment",
            ValueKind.BOOLEAN,
            "no",
            "Start from nothing but the container's `PATH`."),
    ENVIRONMENT_FILE(
            Section.SERVICE,
            "environment_file",
            ValueKind.PATHS,
            null,
            "Files of `K=V` lines, absolute or `./NAME`; `-PATH`: no error where it is not there."),
    STOP_SIGNAL(Section.SERVICE, "stop_signal", ValueKind.SIGNAL, "TERM", "Name or number."),
    STOP_COMMAND(
            Section.SERVICE,
            "stop_command",
            ValueKind.WORDS,
            null,
            "Run before the stop signal is sent, inside the grace period."),
    STOP_GRACE_PERIOD(Section.SERVICE, "stop_grace_period", ValueKind.DURATION, "5s", "Then KILL."),
    STOP_GROUP(
            Section.SERVICE, "stop_group", ValueKind.BOOLEAN, "no", "Send the stop signal to the whole process group."),
    KILL_GROUP(
            Section.SERVICE,
            "kill_group",
            ValueKind.BOOLEAN,
            "yes",
            "When the main process is gone, and at KILL: kill what is left of its group."),
    DOWN_COMMAND(Section.SERVICE, "down_command", ValueKind.WORDS, null, "Oneshots only: run at stop."),
    RELOAD_SIGNAL(Section.SERVICE, "reload_signal", ValueKind.SIGNAL, "HUP", "What `pintle reload NAME` sends."),
    RELOAD_COMMAND(
            Section.SERVICE,
            "reload_command",
            ValueKind.WORDS,
            null,
            "What `pintle reload NAME` runs in place of sending the signal."),
    STDIN(
            Section.SERVICE,
            "stdin",
            ValueKind.CHOICE,
            "null",
            "`/dev/null`, the container's, or a pipe that stays open and empty.",
            "null",
            "inherit",
            "open"),
    NO_NEW_PRIVILEGES(
            Section.SERVICE,
            "no_new_privileges",
            ValueKind.BOOLEAN,
            "no",
            "Execution never gains a privilege (setuid)."),

    TEST(
            Section.HEALTHCHECK,
            "test",
            ValueKind.WORDS,
            "./check",
            "What to execute; exit code 0 is healthy. The default needs the file."),
    INTERVAL(Section.HEALTHCHECK, "interval", ValueKind.DURATION, "30s", "From the end of one test to the next."),
    TIMEOUT(Section.HEALTHCHECK, "timeout", ValueKind.DURATION, "30s", "Then the test is killed and counts as failed."),
    RETRIES(Section.HEALTHCHECK, "retries", ValueKind.COUNT, "3", "Consecutive failures that make it unhealthy."),
    START_PERIOD(
            Section.HEALTHCHECK,
            "start_period",
            ValueKind.DURATION,
            "0s",
            "Failures within this time after the start do not count."),
    ON_UNHEALTHY(
            Section.HEALTHCHECK,
            "on_unhealthy",
            ValueKind.CHOICE,
            "ignore",
            "`ignore` shows it in status.",
            "ignore",
            "restart",
            "stop_container"),

    ULIMIT_CPU(Section.ULIMITS, "cpu", ValueKind.LIMIT, null, "Seconds of CPU time."),
    ULIMIT_FSIZE(Section.ULIMITS, "fsize", ValueKind.LIMIT, null, "Bytes of a file."),
    ULIMIT_DATA(Section.ULIMITS, "data", ValueKind.LIMIT, null, "Bytes of data segment."),
    ULIMIT_STACK(Section.ULIMITS, "stack", ValueKind.LIMIT, null, "Bytes of stack."),
    ULIMIT_CORE(Section.ULIMITS, "core", ValueKind.LIMIT, null, "Bytes of core file."),
    ULIMIT_RSS(Section.ULIMITS, "rss", ValueKind.LIMIT, null, "Bytes resident; Linux ignores it."),
    ULIMIT_NPROC(Section.ULIMITS, "nproc", ValueKind.LIMIT, null, "Processes of the user."),
    ULIMIT_NOFILE(Section.ULIMITS, "nofile", ValueKind.LIMIT, null, "Open descriptors."),
    ULIMIT_MEMLOCK(Section.ULIMITS, "memlock", ValueKind.LIMIT, null, "Bytes locked in memory."),
    ULIMIT_AS(Section.ULIMITS, "as", ValueKind.LIMIT, null, "Bytes of address space."),
    ULIMIT_LOCKS(Section.ULIMITS, "locks", ValueKind.LIMIT, null, "File locks."),
    ULIMIT_SIGPENDING(Section.ULIMITS, "sigpending", ValueKind.LIMIT, null, "Queued signals."),
    ULIMIT_MSGQUEUE(Section.ULIMITS, "msgqueue", ValueKind.LIMIT, null, "Bytes in POSIX message queues."),
    ULIMIT_NICE(Section.ULIMITS, "nice", ValueKind.LIMIT, null, "Ceiling for niceness, as 20 minus it."),
    ULIMIT_RTPRIO(Section.ULIMITS, "rtprio", ValueKind.LIMIT, null, "Ceiling for real-time priority."),
    ULIMIT_RTTIME(Section.ULIMITS, "rttime", ValueKind.LIMIT, null, "Microseconds of real-time CPU time."),

    STDOUT_TO(Section.STDOUT, "to", ValueKind.OUTPUT, "inherit", "`inherit`, `null` or `file:PATH`."),
    STDERR_TO(Section.STDERR, "to", ValueKind.OUTPUT, "inherit", "`inherit`, `null`, `file:PATH` or `stdout`."),

    SHUTDOWN_GRACE_PERIOD(
            Section.CONTAINER,
            "shutdown_grace_period",
            ValueKind.DURATION,
            "9s",
            "The whole stop; keep it below the engine's (Docker: 10 s)."),
    EXIT_CODE_FROM(
            Section.CONTAINER,
            "exit_code_from",
            ValueKind.NAME,
            null,
            "The service whose last code is the container's, where there is no command after /init."),
    STARTUP_TIMEOUT(
            Section.CONTAINER,
            "startup_timeout",
            ValueKind.DURATION,
            "0s",
            "After it a container that is not up stops; 0: no limit."),
    LOG_LEVEL(
            Section.CONTAINER,
            "log_level",
            ValueKind.CHOICE,
            "warn",
            "The least severe of init's own messages; `warn` is silent on success.",
            "error",
            "warn",
            "info",
            "debug"),

    CONTROL_PATH(
            Section.CONTROL,
            "path",
            ValueKind.PATH,
            null,
            "The socket's absolute path; else the first usable default."),
    CONTROL_MODE(
            Section.CONTROL, "mode", ValueKind.OCTAL, "0600", "The socket's mode, octal; `0660` where `group` is set."),
    CONTROL_GROUP(Section.CONTROL, "group", ValueKind.NAME, null, "Who may use it besides root and init's own user.");

    private final Section section;
    private final String text;
    private final ValueKind kind;
    private final @Nullable String defaultValue;
    private final String documentation;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> choices;

    Key(
            Section section,
            String text,
            ValueKind kind,
            @Nullable String defaultValue,
            String documentation,
            String... choices) {
        this.section = section;
        this.text = text;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.documentation = documentation;
        this.choices = List.of(choices);
    }

    /** The section that it stands in; keys of {@link Section#SERVICE} may stand in {@link Section#DEFAULTS} too. */
    public Section section() {
        return section;
    }

    /** The key as it is written. */
    public String text() {
        return text;
    }

    /** The key as a message names it: {@code restart}, {@code [stderr] to}. */
    public String label() {
        return section == Section.SERVICE ? text : "[" + section.text() + "] " + text;
    }

    /** What its value is. */
    public ValueKind kind() {
        return kind;
    }

    /** The value that applies where none is given, as it would be written; null where then nothing is set. */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    /** One line in Markdown. */
    public String documentation() {
        return documentation;
    }

    /** The values that a {@link Kind#CHOICE} can have, else empty. */
    public List<String> choices() {
        return choices;
    }

    /** Whether {@code text} is one of the choices. */
    public boolean allows(String text) {
        // Not List.contains: in the native binary that brings the equals of every class that stands in any list.
        for (String choice : choices) {
            if (choice.equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the key means something for a service of this type. */
    public boolean fits(ServiceDefinition.Type type) {
        return switch (this) {
            case DOWN_COMMAND -> type == ServiceDefinition.Type.ONESHOT;
            case RESTART, MIN_UPTIME, RESTART_DELAY, READY, RELOAD_SIGNAL, RELOAD_COMMAND ->
                type == ServiceDefinition.Type.SERVICE;
            default -> section != Section.HEALTHCHECK || type == ServiceDefinition.Type.SERVICE;
        };
    }

    /**
     * The environment variable that overrides the key, or null: {@code PINTLE_} and the key for {@code [container]},
     * {@code PINTLE_CONTROL}, {@code PINTLE_CONTROL_MODE} and {@code PINTLE_CONTROL_GROUP} for {@code [control]}.
     */
    public @Nullable String variable() {
        return switch (section) {
            case CONTAINER -> "PINTLE_" + name();
            case CONTROL -> this == CONTROL_PATH ? "PINTLE_CONTROL" : "PINTLE_" + name();
            default -> null;
        };
    }

    /** The key that is written {@code text} in {@code section}, or null. */
    public static @Nullable Key find(Section section, String text) {
        Section holder = section == Section.DEFAULTS ? Section.SERVICE : section;
        for (Key key : values()) {
            if (key.section == holder && key.text.equals(text)) {
                return key;
            }
        }
        return null;
    }

    /** The keys that may stand in {@code section}, in the order of the reference page. */
    public static List<Key> of(Section section) {
        Section holder = section == Section.DEFAULTS ? Section.SERVICE : section;
        List<Key> keys = new ArrayList<>();
        for (Key key : values()) {
            if (key.section == holder) {
                keys.add(key);
            }
        }
        return keys;
    }
}
