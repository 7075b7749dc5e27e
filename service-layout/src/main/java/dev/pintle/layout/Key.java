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
    BEFORE(Section.SERVICE, "before", ValueKind.NAMES, null),
    READY(Section.SERVICE, "ready", ValueKind.READINESS, "started"),
    READY_TIMEOUT(Section.SERVICE, "ready_timeout", ValueKind.DURATION, "0s"),
    RESTART(Section.SERVICE, "restart", ValueKind.CHOICE, "always", "always on-failure on-success no"),
    SUCCESS_EXIT_CODES(Section.SERVICE, "success_exit_codes", ValueKind.EXIT_CODES, "0"),
    MIN_UPTIME(Section.SERVICE, "min_uptime", ValueKind.DURATION, "1s"),
    START_RETRIES(Section.SERVICE, "start_retries", ValueKind.COUNT_OR_UNLIMITED, "unlimited"),
    RESTART_DELAY(Section.SERVICE, "restart_delay", ValueKind.DURATION, "0s"),
    BACKOFF(Section.SERVICE, "backoff", ValueKind.CHOICE, "exponential", "exponential linear none"),
    BACKOFF_MAX(Section.SERVICE, "backoff_max", ValueKind.DURATION, "30s"),
    BACKOFF_RESET(Section.SERVICE, "backoff_reset", ValueKind.DURATION, "10s"),
    RESTART_LIMIT(Section.SERVICE, "restart_limit", ValueKind.COUNT_OR_UNLIMITED, "unlimited"),
    RESTART_LIMIT_PERIOD(Section.SERVICE, "restart_limit_period", ValueKind.DURATION, "1m"),
    ON_EXIT(Section.SERVICE, "on_exit", ValueKind.CHOICE, "restart", "restart ignore stop_container"),
    ON_FAILED(Section.SERVICE, "on_failed", ValueKind.CHOICE, "ignore", "ignore stop_container"),
    USER(Section.SERVICE, "user", ValueKind.USER, null),
    GROUPS(Section.SERVICE, "groups", ValueKind.NAMES, null),
    LOGIN_ENVIRONMENT(Section.SERVICE, "login_environment", ValueKind.BOOLEAN, "yes"),
    WORKING_DIR(Section.SERVICE, "working_dir", ValueKind.PATH, null),
    RUNTIME_DIRECTORY(Section.SERVICE, "runtime_directory", ValueKind.NAMES, null),
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
    STDIN(Section.SERVICE, "stdin", ValueKind.CHOICE, "null", "null inherit open socket"),
    LISTEN(Section.SERVICE, "listen", ValueKind.SOCKETS, null),
    LISTEN_MODE(Section.SERVICE, "listen_mode", ValueKind.OCTAL, "0600"),
    LISTEN_OWNER(Section.SERVICE, "listen_owner", ValueKind.USER, null),
    NO_NEW_PRIVILEGES(Section.SERVICE, "no_new_privileges", ValueKind.BOOLEAN, "no"),
    CAP_DROP(Section.SERVICE, "cap_drop", ValueKind.CAPABILITIES, null),
    CAP_ADD(Section.SERVICE, "cap_add", ValueKind.CAPABILITIES, null),
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
    STDOUT_PREFIX(Section.STDOUT, "prefix", ValueKind.BOOLEAN, "no"),
    STDOUT_TIMESTAMP(Section.STDOUT, "timestamp", ValueKind.CHOICE, "no", "no iso8601 tai64n"),
    STDOUT_FORMAT(Section.STDOUT, "format", ValueKind.CHOICE, "raw", "raw json"),
    STDOUT_MAX_SIZE(Section.STDOUT, "max_size", ValueKind.SIZE, "10m"),
    STDOUT_MAX_FILES(Section.STDOUT, "max_files", ValueKind.COUNT, "5"),
    STDOUT_COMPRESS(Section.STDOUT, "compress", ValueKind.BOOLEAN, "no"),
    STDOUT_INCLUDE(Section.STDOUT, "include", ValueKind.GLOBS, null),
    STDOUT_EXCLUDE(Section.STDOUT, "exclude", ValueKind.GLOBS, null),
    STDOUT_RATE_LIMIT(Section.STDOUT, "rate_limit", ValueKind.COUNT, "0"),
    STDOUT_KEEP(Section.STDOUT, "keep", ValueKind.SIZE, "0"),
    STDERR_TO(Section.STDERR, "to", ValueKind.OUTPUT, "inherit"),
    STDERR_PREFIX(Section.STDERR, "prefix", ValueKind.BOOLEAN, "no"),
    STDERR_TIMESTAMP(Section.STDERR, "timestamp", ValueKind.CHOICE, "no", "no iso8601 tai64n"),
    STDERR_FORMAT(Section.STDERR, "format", ValueKind.CHOICE, "raw", "raw json"),
    STDERR_MAX_SIZE(Section.STDERR, "max_size", ValueKind.SIZE, "10m"),
    STDERR_MAX_FILES(Section.STDERR, "max_files", ValueKind.COUNT, "5"),
    STDERR_COMPRESS(Section.STDERR, "compress", ValueKind.BOOLEAN, "no"),
    STDERR_INCLUDE(Section.STDERR, "include", ValueKind.GLOBS, null),
    STDERR_EXCLUDE(Section.STDERR, "exclude", ValueKind.GLOBS, null),
    STDERR_RATE_LIMIT(Section.STDERR, "rate_limit", ValueKind.COUNT, "0"),
    STDERR_KEEP(Section.STDERR, "keep", ValueKind.SIZE, "0"),
    SHUTDOWN_GRACE_PERIOD(Section.CONTAINER, "shutdown_grace_period", ValueKind.DURATION, "9s"),
    STOP_DELAY(Section.CONTAINER, "stop_delay", ValueKind.DURATION, "0s"),
    MAIN_STOP_DELAY(Section.CONTAINER, "main_stop_delay", ValueKind.DURATION, "0s"),
    EXIT_CODE_FROM(Section.CONTAINER, "exit_code_from", ValueKind.NAME, null),
    STARTUP_TIMEOUT(Section.CONTAINER, "startup_timeout", ValueKind.DURATION, "0s"),
    LOG_LEVEL(Section.CONTAINER, "log_level", ValueKind.CHOICE, "warn", "error warn info debug"),
    LOG_FORMAT(Section.CONTAINER, "log_format", ValueKind.CHOICE, "raw", "raw json"),
    LOG_TIMESTAMP(Section.CONTAINER, "log_timestamp", ValueKind.CHOICE, "no", "no iso8601 tai64n"),
    MAIN_RUNTIME_DIRECTORY(Section.CONTAINER, "main_runtime_directory", ValueKind.NAMES, null),
    CONTROL_PATH(Section.CONTROL, "path", ValueKind.PATH, null),
    CONTROL_MODE(Section.CONTROL, "mode", ValueKind.OCTAL, "0600"),
    CONTROL_GROUP(Section.CONTROL, "group", ValueKind.NAME, null),
    WEB_LISTEN(Section.WEB, "listen", ValueKind.ADDRESSES, null),
    WEB_SOCKET_MODE(Section.WEB, "socket_mode", ValueKind.OCTAL, null),
    WEB_SOCKET_GROUP(Section.WEB, "socket_group", ValueKind.NAME, null),
    WEB_USERS(Section.WEB, "users", ValueKind.PATH, null),
    WEB_USERNAME(Section.WEB, "username", ValueKind.TEXT, null),
    WEB_PASSWORD_FILE(Section.WEB, "password_file", ValueKind.PATH, null),
    WEB_ALLOWED_HOSTS(Section.WEB, "allowed_hosts", ValueKind.NAMES, null);

    /** As {@link #values()}, without a copy for each look at it: there are many for each service. */
    private static final Key[] ALL = values();

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
        // It is asked for each service, most of which leave it at that.
        if (text.equals(defaultValue)) {
            return true;
        }
        // Not List.contains: in the native binary that brings the equals of every class that stands in any list.
        for (String choice : choices()) {
            if (choice.equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the key means something for a service of this type. */
    public boolean fits(ServiceDefinition.Type type) {
        if (this == DOWN_COMMAND) {
            return type == ServiceDefinition.Type.ONESHOT;
        }
        boolean longRunningOnly = this == RESTART
                || this == MIN_UPTIME
                || this == RESTART_DELAY
                || this == BACKOFF_RESET
                || this == RESTART_LIMIT
                || this == RESTART_LIMIT_PERIOD
                || this == READY
                || this == RELOAD_SIGNAL
                || this == RELOAD_COMMAND
                || section == Section.HEALTHCHECK;
        return !longRunningOnly || type == ServiceDefinition.Type.SERVICE;
    }

    /**
     * The environment variable that overrides the key, or null: {@code PINTLE_} and the key for {@code [container]},
     * {@code PINTLE_CONTROL}, {@code PINTLE_CONTROL_MODE} and {@code PINTLE_CONTROL_GROUP} for {@code [control]}, likewise
     * for {@code [web]}.
     */
    public @Nullable String variable() {
        if (section != Section.CONTAINER && section != Section.CONTROL && section != Section.WEB) {
            return null;
        }
        return this == CONTROL_PATH ? "PINTLE_CONTROL" : "PINTLE_" + name();
    }

    /** The key that is written {@code text} in {@code section}, or null. */
    public static @Nullable Key find(Section section, String text) {
        Section holder = section == Section.DEFAULTS ? Section.SERVICE : section;
        for (Key key : ALL) {
            if (key.section == holder && key.text.equals(text)) {
                return key;
            }
        }
        return null;
    }

    /** The key that is written {@code text} in {@code section}, which has it. */
    public static Key get(Section section, String text) {
        Key key = find(section, text);
        if (key == null) {
            throw new IllegalStateException("no key " + text);
        }
        return key;
    }

    /** The keys that may stand in {@code section}, in the order of the reference page. */
    public static List<Key> of(Section section) {
        Section holder = section == Section.DEFAULTS ? Section.SERVICE : section;
        List<Key> keys = new ArrayList<>();
        for (Key key : ALL) {
            if (key.section == holder) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** One line in Markdown. */
    public String documentation() {
        return KeyDocumentation.of(this);
    }
}
