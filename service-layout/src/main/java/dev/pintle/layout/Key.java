package dev.pintle.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every key of service.conf and pintle.conf: the one list that the parser, its hints and the reference page are driven
 * by. Sections whose keys are the user's own ({@link Section#ENVIRONMENT}, {@link Section#SIGNALS}) have none here, and
 * {@link Section#DEFAULTS} takes those of {@link Section#SERVICE}.
 *
 * <p>Four defaults depend on other keys, because the plain default would turn what the user wrote into nothing:
 *
 * <ul>
 *   <li>{@code restart} is {@code no} where {@code on_exit = stop_container}: under {@code always} the service would
 *       never end for good, and the container never stop.
 *   <li>{@code min_uptime} is {@code 0s} where {@code restart} is {@code no}, and {@code start_retries} is {@code 0}: who
 *       asked for no restart does not expect a quick end to be taken for a failed start and tried again.
 *   <li>{@code start_retries} is {@code 0} for a oneshot: a oneshot that fails is a failed start, and what a migration
 *       half did is not done again unasked.
 *   <li>{@code on_failed} is {@code stop_container} for a oneshot, and where {@code on_exit = stop_container}: a service
 *       whose end stops the container is one that the container cannot do without.
 * </ul>
 */
public enum Key {
    /** Service or oneshot. */
    TYPE(
            Section.SERVICE,
            "type",
            Kind.CHOICE,
            "service",
            "Long-running, or runs once and is up when it has ended with success.",
            "service",
            "oneshot"),
    /** Argv. */
    COMMAND(
            Section.SERVICE,
            "command",
            Kind.WORDS,
            "./run",
            "What to execute, without a shell; `./NAME` is a file of the service directory."),
    /** Whether the directory counts. */
    ENABLED(Section.SERVICE, "enabled", Kind.BOOLEAN, "yes", "`no`: as if the directory were not there."),
    /** Whether it starts with the container. */
    AUTOSTART(Section.SERVICE, "autostart", Kind.BOOLEAN, "yes", "`no`: known, but down until asked for."),
    /** Number of copies. */
    INSTANCES(
            Section.SERVICE,
            "instances",
            Kind.COUNT,
            null,
            "N copies, `NAME-1` to `NAME-N`, each with `PINTLE_INSTANCE`, which its values may use; 0: none."),
    /** Group names. */
    GROUP(Section.SERVICE, "group", Kind.NAMES, null, "Names of groups: `pintle restart @backend`."),
    /** Hard dependencies. */
    DEPENDS_ON(
            Section.SERVICE,
            "depends_on",
            Kind.DEPENDENCIES,
            null,
            "`NAME` or `NAME:CONDITION` (`started`, `ready`, `healthy`, `completed`, `finished`); bare, `completed` for"
                    + " a oneshot, else `ready`."),
    /** Order only. */
    AFTER(Section.SERVICE, "after", Kind.NAMES, null, "Order only: wait until those have been started or have failed."),
    /** What tells that it is ready. */
    READY(
            Section.SERVICE,
            "ready",
            Kind.READINESS,
            "started",
            "`started`, `fd:N`, `notify`, `tcp:[HOST:]PORT`, `file:PATH` or `healthcheck`."),
    /** Limit of the way to ready. */
    READY_TIMEOUT(
            Section.SERVICE,
            "ready_timeout",
            Kind.DURATION,
            "0s",
            "After it a start that is not ready counts as failed; 0: no limit."),
    /** Restart policy. */
    RESTART(
            Section.SERVICE,
            "restart",
            Kind.CHOICE,
            "always",
            "After a run that had come up; `no` where `on_exit = stop_container`.",
            "always",
            "on-failure",
            "no"),
    /** What counts as success. */
    SUCCESS_EXIT_CODES(
            Section.SERVICE,
            "success_exit_codes",
            Kind.EXIT_CODES,
            "0",
            "What `on-failure` and a oneshot call success: codes, and signals by name."),
    /** Threshold of a failed start. */
    MIN_UPTIME(
            Section.SERVICE,
            "min_uptime",
            Kind.DURATION,
            "1s",
            "A run that ends sooner is a failed start; `0s` where `restart` is `no`."),
    /** Tries. */
    START_RETRIES(
            Section.SERVICE,
            "start_retries",
            Kind.COUNT_OR_UNLIMITED,
            "unlimited",
            "Consecutive failed starts that are tried again; `0` for a oneshot and where `restart` is `no`."),
    /** Pause before a restart. */
    RESTART_DELAY(
            Section.SERVICE,
            "restart_delay",
            Kind.DURATION,
            "0s",
            "Before a restart after a run that lasted `min_uptime`."),
    /** How the wait grows. */
    BACKOFF(
            Section.SERVICE,
            "backoff",
            Kind.CHOICE,
            "exponential",
            "After failed starts: 1s 2s 4s …, 1s 2s 3s …, or 1s each.",
            "exponential",
            "linear",
            "none"),
    /** Longest wait. */
    BACKOFF_MAX(Section.SERVICE, "backoff_max", Kind.DURATION, "30s", "The longest wait after failed starts."),
    /** End by policy. */
    ON_EXIT(
            Section.SERVICE,
            "on_exit",
            Kind.CHOICE,
            "restart",
            "When it ends for good, by policy and not by command: `restart` follows `restart` and then does nothing.",
            "restart",
            "ignore",
            "stop_container"),
    /** Given up. */
    ON_FAILED(
            Section.SERVICE,
            "on_failed",
            Kind.CHOICE,
            "ignore",
            "When it is given up; `stop_container` for a oneshot and where `on_exit = stop_container`.",
            "ignore",
            "stop_container"),
    /** User. */
    USER(Section.SERVICE, "user", Kind.USER, null, "`name`, `uid`, `name:group` or `uid:gid`."),
    /** Supplementary groups. */
    GROUPS(Section.SERVICE, "groups", Kind.NAMES, null, "Supplementary groups, in place of those of /etc/group."),
    /** HOME and others. */
    LOGIN_ENVIRONMENT(
            Section.SERVICE,
            "login_environment",
            Kind.BOOLEAN,
            "yes",
            "Whether `HOME`, `USER`, `LOGNAME` and `SHELL` follow `user`."),
    /** Working directory. */
    WORKING_DIR(
            Section.SERVICE,
            "working_dir",
            Kind.PATH,
            null,
            "Absolute; else the container's, or the service directory where `command` is a file of it."),
    /** Umask. */
    UMASK(Section.SERVICE, "umask", Kind.OCTAL, null, "Octal; else inherited."),
    /** Niceness. */
    NICE(Section.SERVICE, "nice", Kind.INTEGER, null, "-20 to 19, added to the inherited niceness."),
    /** Out-of-memory score. */
    OOM_SCORE_ADJ(Section.SERVICE, "oom_score_adj", Kind.INTEGER, null, "-1000 to 1000; else inherited."),
    /** Empty environment. */
    CLEAR_ENVIRONMENT(
            Section.SERVICE, "clear_environment", Kind.BOOLEAN, "no", "Start from nothing but the container's `PATH`."),
    /** Environment files. */
    ENVIRONMENT_FILE(
            Section.SERVICE,
            "environment_file",
            Kind.PATHS,
            null,
            "Files of `K=V` lines, absolute or `./NAME`; `-PATH`: no error where it is not there."),
    /** Stop signal. */
    STOP_SIGNAL(Section.SERVICE, "stop_signal", Kind.SIGNAL, "TERM", "Name or number."),
    /** Before the stop signal. */
    STOP_COMMAND(
            Section.SERVICE,
            "stop_command",
            Kind.WORDS,
            null,
            "Run before the stop signal is sent, inside the grace period."),
    /** Grace. */
    STOP_GRACE_PERIOD(Section.SERVICE, "stop_grace_period", Kind.DURATION, "5s", "Then KILL."),
    /** Stop signal to the group. */
    STOP_GROUP(Section.SERVICE, "stop_group", Kind.BOOLEAN, "no", "Send the stop signal to the whole process group."),
    /** KILL to the group. */
    KILL_GROUP(
            Section.SERVICE,
            "kill_group",
            Kind.BOOLEAN,
            "yes",
            "When the main process is gone, and at KILL: kill what is left of its group."),
    /** At stop, oneshots. */
    DOWN_COMMAND(Section.SERVICE, "down_command", Kind.WORDS, null, "Oneshots only: run at stop."),
    /** Reload signal. */
    RELOAD_SIGNAL(Section.SERVICE, "reload_signal", Kind.SIGNAL, "HUP", "What `pintle reload NAME` sends."),
    /** Reload command. */
    RELOAD_COMMAND(
            Section.SERVICE,
            "reload_command",
            Kind.WORDS,
            null,
            "What `pintle reload NAME` runs in place of sending the signal."),
    /** Standard input. */
    STDIN(
            Section.SERVICE,
            "stdin",
            Kind.CHOICE,
            "null",
            "`/dev/null`, the container's, or a pipe that stays open and empty.",
            "null",
            "inherit",
            "open"),
    /** No new privileges. */
    NO_NEW_PRIVILEGES(
            Section.SERVICE, "no_new_privileges", Kind.BOOLEAN, "no", "Execution never gains a privilege (setuid)."),

    /** Health check's argv. */
    TEST(
            Section.HEALTHCHECK,
            "test",
            Kind.WORDS,
            "./check",
            "What to execute; exit code 0 is healthy. The default needs the file."),
    /** Between tests. */
    INTERVAL(Section.HEALTHCHECK, "interval", Kind.DURATION, "30s", "From the end of one test to the next."),
    /** A test's limit. */
    TIMEOUT(Section.HEALTHCHECK, "timeout", Kind.DURATION, "30s", "Then the test is killed and counts as failed."),
    /** Failures until unhealthy. */
    RETRIES(Section.HEALTHCHECK, "retries", Kind.COUNT, "3", "Consecutive failures that make it unhealthy."),
    /** Failures that do not count. */
    START_PERIOD(
            Section.HEALTHCHECK,
            "start_period",
            Kind.DURATION,
            "0s",
            "Failures within this time after the start do not count."),
    /** What unhealthiness does. */
    ON_UNHEALTHY(
            Section.HEALTHCHECK,
            "on_unhealthy",
            Kind.CHOICE,
            "ignore",
            "`ignore` shows it in status.",
            "ignore",
            "restart",
            "stop_container"),

    /** Limit. */
    ULIMIT_CPU(Section.ULIMITS, "cpu", Kind.LIMIT, null, "Seconds of CPU time."),
    /** Limit. */
    ULIMIT_FSIZE(Section.ULIMITS, "fsize", Kind.LIMIT, null, "Bytes of a file."),
    /** Limit. */
    ULIMIT_DATA(Section.ULIMITS, "data", Kind.LIMIT, null, "Bytes of data segment."),
    /** Limit. */
    ULIMIT_STACK(Section.ULIMITS, "stack", Kind.LIMIT, null, "Bytes of stack."),
    /** Limit. */
    ULIMIT_CORE(Section.ULIMITS, "core", Kind.LIMIT, null, "Bytes of core file."),
    /** Limit. */
    ULIMIT_RSS(Section.ULIMITS, "rss", Kind.LIMIT, null, "Bytes resident; Linux ignores it."),
    /** Limit. */
    ULIMIT_NPROC(Section.ULIMITS, "nproc", Kind.LIMIT, null, "Processes of the user."),
    /** Limit. */
    ULIMIT_NOFILE(Section.ULIMITS, "nofile", Kind.LIMIT, null, "Open descriptors."),
    /** Limit. */
    ULIMIT_MEMLOCK(Section.ULIMITS, "memlock", Kind.LIMIT, null, "Bytes locked in memory."),
    /** Limit. */
    ULIMIT_AS(Section.ULIMITS, "as", Kind.LIMIT, null, "Bytes of address space."),
    /** Limit. */
    ULIMIT_LOCKS(Section.ULIMITS, "locks", Kind.LIMIT, null, "File locks."),
    /** Limit. */
    ULIMIT_SIGPENDING(Section.ULIMITS, "sigpending", Kind.LIMIT, null, "Queued signals."),
    /** Limit. */
    ULIMIT_MSGQUEUE(Section.ULIMITS, "msgqueue", Kind.LIMIT, null, "Bytes in POSIX message queues."),
    /** Limit. */
    ULIMIT_NICE(Section.ULIMITS, "nice", Kind.LIMIT, null, "Ceiling for niceness, as 20 minus it."),
    /** Limit. */
    ULIMIT_RTPRIO(Section.ULIMITS, "rtprio", Kind.LIMIT, null, "Ceiling for real-time priority."),
    /** Limit. */
    ULIMIT_RTTIME(Section.ULIMITS, "rttime", Kind.LIMIT, null, "Microseconds of real-time CPU time."),

    /** Where standard output goes. */
    STDOUT_TO(Section.STDOUT, "to", Kind.OUTPUT, "inherit", "`inherit`, `null` or `file:PATH`."),
    /** Where standard error goes. */
    STDERR_TO(Section.STDERR, "to", Kind.OUTPUT, "inherit", "`inherit`, `null`, `file:PATH` or `stdout`."),

    /** Budget of a stop. */
    SHUTDOWN_GRACE_PERIOD(
            Section.CONTAINER,
            "shutdown_grace_period",
            Kind.DURATION,
            "9s",
            "The whole stop; keep it below the engine's (Docker: 10 s)."),
    /** Whose code. */
    EXIT_CODE_FROM(
            Section.CONTAINER,
            "exit_code_from",
            Kind.NAME,
            null,
            "The service whose last code is the container's, where there is no command after /init."),
    /** Limit of the start. */
    STARTUP_TIMEOUT(
            Section.CONTAINER,
            "startup_timeout",
            Kind.DURATION,
            "0s",
            "After it a container that is not up stops; 0: no limit."),
    /** Verbosity. */
    LOG_LEVEL(
            Section.CONTAINER,
            "log_level",
            Kind.CHOICE,
            "warn",
            "The least severe of init's own messages; `warn` is silent on success.",
            "error",
            "warn",
            "info",
            "debug"),

    /** The socket's path. */
    CONTROL_PATH(
            Section.CONTROL, "path", Kind.PATH, null, "The socket's absolute path; else the first usable default."),
    /** The socket's mode. */
    CONTROL_MODE(Section.CONTROL, "mode", Kind.OCTAL, "0600", "The socket's mode, octal; `0660` where `group` is set."),
    /** Who may. */
    CONTROL_GROUP(Section.CONTROL, "group", Kind.NAME, null, "Who may use it besides root and init's own user.");

    /** What a value is; {@code text.Values} reads each kind. */
    public enum Kind {
        /** One of {@link Key#choices()}. */
        CHOICE("choice"),
        /** Words as a POSIX shell splits them. */
        WORDS("command"),
        /** {@code yes no true false on off 1 0}. */
        BOOLEAN("boolean"),
        /** A number, 0 or more. */
        COUNT("number"),
        /** A number, 0 or more, or {@code unlimited}. */
        COUNT_OR_UNLIMITED("number or `unlimited`"),
        /** A number with a sign. */
        INTEGER("integer"),
        /** {@code 250ms 10s 5m 1h}, a bare number being seconds. */
        DURATION("duration"),
        /** Permission bits in octal. */
        OCTAL("octal"),
        /** A signal's name or number. */
        SIGNAL("signal"),
        /** Exit codes and signals' names. */
        EXIT_CODES("list of codes"),
        /** A user, with or without a group. */
        USER("user"),
        /** One name. */
        NAME("name"),
        /** Names, separated by commas or white space. */
        NAMES("list of names"),
        /** Names with conditions. */
        DEPENDENCIES("list of services"),
        /** How readiness is told. */
        READINESS("readiness"),
        /** An absolute path. */
        PATH("path"),
        /** Paths, each with or without {@code -} before it. */
        PATHS("list of paths"),
        /** Where a stream goes. */
        OUTPUT("destination"),
        /** A soft and a hard limit. */
        LIMIT("limit");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The kind in a reader's words. */
        public String text() {
            return text;
        }
    }

    private final Section section;
    private final String text;
    private final Kind kind;
    private final @Nullable String defaultValue;
    private final String documentation;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> choices;

    Key(
            Section section,
            String text,
            Kind kind,
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

    /** What its value is. */
    public Kind kind() {
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
