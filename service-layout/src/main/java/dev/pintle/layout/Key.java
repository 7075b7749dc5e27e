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
    TYPE(Section.SERVICE, "type", ValueKind.CHOICE, "service", "service oneshot"),
    COMMAND(Section.SERVICE, "command", ValueKind.WORDS, "./run"),
    ENABLED(Section.SERVICE, "enabled", ValueKind.BOOLEAN, "yes"),
    AUTOSTART(Section.SERVICE, "autostart", ValueKind.BOOLEAN, "yes"),
    INSTANCES(Section.SERVICE, "instances", ValueKind.COUNT, null),
    GROUP(Section.SERVICE, "group", ValueKind.NAMES, null),
    DEPENDS_ON(Section.SERVICE, "depends_on", ValueKind.DEPENDENCIES, null),
    AFTER(Section.SERVICE, "after", ValueKind.NAMES, null),
    READY(Section.SERVICE, "ready", ValueKind.READINESS, "started"),
    READY_TIMEOUT(Section.SERVICE, "ready_timeout", ValueKind.DURATION, "0s"),
    RESTART(Section.SERVICE, "restart", ValueKind.CHOICE, "always", "always on-failure no"),
    SUCCESS_EXIT_CODES(Section.SERVICE, "success_exit_codes", ValueKind.EXIT_CODES, "0"),
    MIN_UPTIME(Section.SERVICE, "min_uptime", ValueKind.DURATION, "1s"),
    START_RETRIES(Section.SERVICE, "start_retries", ValueKind.COUNT_OR_UNLIMITED, "unlimited"),
    RESTART_DELAY(Section.SERVICE, "restart_delay", ValueKind.DURATION, "0s"),
    BACKOFF(Section.SERVICE, "backoff", ValueKind.CHOICE, "exponential", "exponential linear none"),
    BACKOFF_MAX(Section.SERVICE, "backoff_max", ValueKind.DURATION, "30s"),
    ON_EXIT(Section.SERVICE, "on_exit", ValueKind.CHOICE, "restart", "restart ignore stop_container"),
    ON_FAILED(Section.SERVICE, "on_failed", ValueKind.CHOICE, "ignore", "ignore stop_container"),
    USER(Section.SERVICE, "user", ValueKind.USER, null),
    GROUPS(Section.SERVICE, "groups", ValueKind.NAMES, null),
    LOGIN_ENVIRONMENT(Section.SERVICE, "login_environment", ValueKind.BOOLEAN, "yes"),
    WORKING_DIR(Section.SERVICE, "working_dir", ValueKind.PATH, null),
    UMASK(Section.SERVICE, "umask", ValueKind.OCTAL, null),
    NICE(Section.SERVICE, "nice", ValueKind.INTEGER, null),
    OOM_SCORE_ADJ(Section.SERVICE, "oom_score_adj", ValueKind.INTEGER, null),
    CLEAR_ENVIRONMENT(Section.SERVICE, "clear_environment", ValueKind.BOOLEAN, "no"),
    ENVIRONMENT_FILE(Section.SERVICE, "environment_file", ValueKind.PATHS, null),
    STOP_SIGNAL(Section.SERVICE, "stop_signal", ValueKind.SIGNAL, "TERM"),
    STOP_COMMAND(Section.SERVICE, "stop_command", ValueKind.WORDS, null),
    STOP_GRACE_PERIOD(Section.SERVICE, "stop_grace_period", ValueKind.DURATION, "5s"),
    STOP_GROUP(Section.SERVICE, "stop_group", ValueKind.BOOLEAN, "no"),
    KILL_GROUP(Section.SERVICE, "kill_group", ValueKind.BOOLEAN, "yes"),
    DOWN_COMMAND(Section.SERVICE, "down_command", ValueKind.WORDS, null),
    RELOAD_SIGNAL(Section.SERVICE, "reload_signal", ValueKind.SIGNAL, "HUP"),
    RELOAD_COMMAND(Section.SERVICE, "reload_command", ValueKind.WORDS, null),
    STDIN(Section.SERVICE, "stdin", ValueKind.CHOICE, "null", "null inherit open"),
    NO_NEW_PRIVILEGES(Section.SERVICE, "no_new_privileges", ValueKind.BOOLEAN, "no"),
    TEST(Section.HEALTHCHECK, "test", ValueKind.WORDS, "./check"),
    INTERVAL(Section.HEALTHCHECK, "interval", ValueKind.DURATION, "30s"),
    TIMEOUT(Section.HEALTHCHECK, "timeout", ValueKind.DURATION, "30s"),
    RETRIES(Section.HEALTHCHECK, "retries", ValueKind.COUNT, "3"),
    START_PERIOD(Section.HEALTHCHECK, "start_period", ValueKind.DURATION, "0s"),
    ON_UNHEALTHY(Section.HEALTHCHECK, "on_unhealthy", ValueKind.CHOICE, "ignore", "ignore restart stop_container"),
    ULIMIT_CPU(Section.ULIMITS, "cpu", ValueKind.LIMIT, null),
    ULIMIT_FSIZE(Section.ULIMITS, "fsize", ValueKind.LIMIT, null),
    ULIMIT_DATA(Section.ULIMITS, "data", ValueKind.LIMIT, null),
    ULIMIT_STACK(Section.ULIMITS, "stack", ValueKind.LIMIT, null),
    ULIMIT_CORE(Section.ULIMITS, "core", ValueKind.LIMIT, null),
    ULIMIT_RSS(Section.ULIMITS, "rss", ValueKind.LIMIT, null),
    ULIMIT_NPROC(Section.ULIMITS, "nproc", ValueKind.LIMIT, null),
    ULIMIT_NOFILE(Section.ULIMITS, "nofile", ValueKind.LIMIT, null),
    ULIMIT_MEMLOCK(Section.ULIMITS, "memlock", ValueKind.LIMIT, null),
    ULIMIT_AS(Section.ULIMITS, "as", ValueKind.LIMIT, null),
    ULIMIT_LOCKS(Section.ULIMITS, "locks", ValueKind.LIMIT, null),
    ULIMIT_SIGPENDING(Section.ULIMITS, "sigpending", ValueKind.LIMIT, null),
    ULIMIT_MSGQUEUE(Section.ULIMITS, "msgqueue", ValueKind.LIMIT, null),
    ULIMIT_NICE(Section.ULIMITS, "nice", ValueKind.LIMIT, null),
    ULIMIT_RTPRIO(Section.ULIMITS, "rtprio", ValueKind.LIMIT, null),
    ULIMIT_RTTIME(Section.ULIMITS, "rttime", ValueKind.LIMIT, null),
    STDOUT_TO(Section.STDOUT, "to", ValueKind.OUTPUT, "inherit"),
    STDERR_TO(Section.STDERR, "to", ValueKind.OUTPUT, "inherit"),
    SHUTDOWN_GRACE_PERIOD(Section.CONTAINER, "shutdown_grace_period", ValueKind.DURATION, "9s"),
    EXIT_CODE_FROM(Section.CONTAINER, "exit_code_from", ValueKind.NAME, null),
    STARTUP_TIMEOUT(Section.CONTAINER, "startup_timeout", ValueKind.DURATION, "0s"),
    LOG_LEVEL(Section.CONTAINER, "log_level", ValueKind.CHOICE, "warn", "error warn info debug"),
    CONTROL_PATH(Section.CONTROL, "path", ValueKind.PATH, null),
    CONTROL_MODE(Section.CONTROL, "mode", ValueKind.OCTAL, "0600"),
    CONTROL_GROUP(Section.CONTROL, "group", ValueKind.NAME, null);

    private final Section section;
    private final String text;
    private final ValueKind kind;
    private final @Nullable String defaultValue;
    /** Separated by spaces. */
    private final String choices;

    Key(Section section, String text, ValueKind kind, @Nullable String defaultValue) {
        this(section, text, kind, defaultValue, "");
    }

    Key(Section section, String text, ValueKind kind, @Nullable String defaultValue, String choices) {
        this.section = section;
        this.text = text;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.choices = choices;
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

    /** The values that a {@link ValueKind#CHOICE} can have, else empty. */
    public List<String> choices() {
        List<String> list = new ArrayList<>();
        for (int start = 0; start < choices.length(); ) {
            int space = choices.indexOf(' ', start);
            int end = space < 0 ? choices.length() : space;
            list.add(choices.substring(start, end));
            start = end + 1;
        }
        return list;
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

    /** One line in Markdown. A method's text, and no field's, so that the init does not carry what it never shows. */
    public String documentation() {
        return switch (this) {
            case TYPE -> "Long-running, or runs once and is up when it has ended with success.";
            case COMMAND -> "What to execute, without a shell; `./NAME` is a file of the service directory.";
            case ENABLED -> "`no`: as if the directory were not there.";
            case AUTOSTART -> "`no`: known, but down until asked for.";
            case INSTANCES ->
                "N copies, `NAME-1` to `NAME-N`, each with `PINTLE_INSTANCE`, which its values may use; 0: none.";
            case GROUP -> "Names of groups: `pintle restart @backend`.";
            case DEPENDS_ON ->
                "`NAME` or `NAME:CONDITION` (`started`, `ready`, `healthy`, `completed`, `finished`); bare, `completed` for"
                        + " a oneshot, else `ready`.";
            case AFTER -> "Order only: wait until those have been started or have failed.";
            case READY -> "`started`, `fd:N`, `notify`, `tcp:[HOST:]PORT`, `file:PATH` or `healthcheck`.";
            case READY_TIMEOUT -> "After it a start that is not ready counts as failed; 0: no limit.";
            case RESTART -> "After a run that had come up; `no` where `on_exit` is `ignore` or `stop_container`.";
            case SUCCESS_EXIT_CODES -> "What `on-failure` and a oneshot call success: codes, and signals by name.";
            case MIN_UPTIME ->
                "A run that ends sooner is a failed start. Unless the key is given, an end after which `restart` restarts nothing is none.";
            case START_RETRIES ->
                "Consecutive failed starts that are tried again; `0` for a oneshot and where `restart` is `no`.";
            case RESTART_DELAY -> "Before a restart after a run that lasted `min_uptime`.";
            case BACKOFF -> "After failed starts: 1s 2s 4s …, 1s 2s 3s …, or 1s each.";
            case BACKOFF_MAX -> "The longest wait after failed starts.";
            case ON_EXIT ->
                "When it ends for good, by policy and not by command: `restart` follows `restart` and then does nothing.";
            case ON_FAILED ->
                "When it is given up; `stop_container` for a oneshot and where `on_exit = stop_container`.";
            case USER -> "`name`, `uid`, `name:group` or `uid:gid`.";
            case GROUPS -> "Supplementary groups, in place of those of /etc/group.";
            case LOGIN_ENVIRONMENT -> "Whether `HOME`, `USER`, `LOGNAME` and `SHELL` follow `user`.";
            case WORKING_DIR ->
                "Absolute; else the container's, or the service directory where `command` is a file of it.";
            case UMASK -> "Octal; else inherited.";
            case NICE -> "-20 to 19, added to the inherited niceness.";
            case OOM_SCORE_ADJ -> "-1000 to 1000; else inherited.";
            case CLEAR_ENVIRONMENT -> "Start from nothing but the container's `PATH`.";
            case ENVIRONMENT_FILE ->
                "Files of `K=V` lines, absolute or `./NAME`; `-PATH`: no error where it is not there.";
            case STOP_SIGNAL -> "Name or number.";
            case STOP_COMMAND -> "Run before the stop signal is sent, inside the grace period.";
            case STOP_GRACE_PERIOD -> "Then KILL.";
            case STOP_GROUP -> "Send the stop signal to the whole process group.";
            case KILL_GROUP -> "When the main process is gone, and at KILL: kill what is left of its group.";
            case DOWN_COMMAND -> "Oneshots only: run at stop.";
            case RELOAD_SIGNAL -> "What `pintle reload NAME` sends.";
            case RELOAD_COMMAND -> "What `pintle reload NAME` runs in place of sending the signal.";
            case STDIN -> "`/dev/null`, the container's, or a pipe that stays open and empty.";
            case NO_NEW_PRIVILEGES -> "Execution never gains a privilege (setuid).";
            case TEST -> "What to execute; exit code 0 is healthy. The default needs the file.";
            case INTERVAL -> "From the end of one test to the next.";
            case TIMEOUT -> "Then the test is killed and counts as failed.";
            case RETRIES -> "Consecutive failures that make it unhealthy.";
            case START_PERIOD -> "Failures within this time after the start do not count.";
            case ON_UNHEALTHY -> "`ignore` shows it in status.";
            case ULIMIT_CPU -> "Seconds of CPU time.";
            case ULIMIT_FSIZE -> "Bytes of a file.";
            case ULIMIT_DATA -> "Bytes of data segment.";
            case ULIMIT_STACK -> "Bytes of stack.";
            case ULIMIT_CORE -> "Bytes of core file.";
            case ULIMIT_RSS -> "Bytes resident; Linux ignores it.";
            case ULIMIT_NPROC -> "Processes of the user.";
            case ULIMIT_NOFILE -> "Open descriptors.";
            case ULIMIT_MEMLOCK -> "Bytes locked in memory.";
            case ULIMIT_AS -> "Bytes of address space.";
            case ULIMIT_LOCKS -> "File locks.";
            case ULIMIT_SIGPENDING -> "Queued signals.";
            case ULIMIT_MSGQUEUE -> "Bytes in POSIX message queues.";
            case ULIMIT_NICE -> "Ceiling for niceness, as 20 minus it.";
            case ULIMIT_RTPRIO -> "Ceiling for real-time priority.";
            case ULIMIT_RTTIME -> "Microseconds of real-time CPU time.";
            case STDOUT_TO -> "`inherit`, `null` or `file:PATH`.";
            case STDERR_TO -> "`inherit`, `null`, `file:PATH` or `stdout`.";
            case SHUTDOWN_GRACE_PERIOD -> "The whole stop; keep it below the engine's (Docker: 10 s).";
            case EXIT_CODE_FROM ->
                "The service whose last code is the container's, where there is no command after /init.";
            case STARTUP_TIMEOUT -> "After it a container that is not up stops; 0: no limit.";
            case LOG_LEVEL -> "The least severe of init's own messages; `warn` is silent on success.";
            case CONTROL_PATH -> "The socket's absolute path; else the first usable default.";
            case CONTROL_MODE -> "The socket's mode, octal; `0660` where `group` is set.";
            case CONTROL_GROUP -> "Who may use it besides root and init's own user.";
        };
    }
}
