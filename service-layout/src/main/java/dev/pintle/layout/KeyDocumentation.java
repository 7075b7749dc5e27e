package dev.pintle.layout;

/** What each key means. Apart from {@link Key}, so that the init does not carry what it never shows. */
final class KeyDocumentation {

    private KeyDocumentation() {}

    /** One line in Markdown. */
    static String of(Key key) {
        return switch (key) {
            case TYPE -> "Long-running, or runs once and is up when it has ended with success.";
            case COMMAND ->
                "What to execute, without a shell; `./NAME` is a file of the service directory. A oneshot without one and without `run` is a milestone: done as soon as what it depends on is.";
            case ENABLED -> "`no`: as if there were no such directory.";
            case AUTOSTART -> "`no`: known, but down until asked for.";
            case INSTANCES ->
                "N copies, `NAME-1` to `NAME-N`, each with `PINTLE_INSTANCE`, which its values may use; 0: none.";
            case GROUP -> "Names of groups: `pintle restart @backend`.";
            case DEPENDS_ON ->
                "`NAME` or `NAME:CONDITION` (`started`, `ready`, `healthy`, `completed`, `finished`); bare, `completed` for"
                        + " a oneshot, else `ready`. `NAME?`: it may be missing or fail; `+restart` at the end: restarted with it.";
            case AFTER -> "Order only: wait until those have been started or have failed.";
            case BEFORE ->
                "`NAME` waits for this service as if its own `depends_on` named it; names of services that do not exist are ignored.";
            case READY -> "`started`, `fd:N`, `notify`, `tcp:[HOST:]PORT`, `file:PATH` or `healthcheck`.";
            case READY_TIMEOUT -> "A start that is not ready by then counts as failed; 0: no limit.";
            case RESTART ->
                "After a run that had come up; `no` where `on_exit` is `ignore` or `stop_container`. Booleans stand for `always` and `no`, supervisord's `unexpected` for `on-failure`.";
            case SUCCESS_EXIT_CODES ->
                "What `on-failure`, `on-success` and a oneshot call success: codes, and signals by name.";
            case MIN_UPTIME ->
                "A run that ends sooner is a failed start. Unless the key is given, an end after which `restart` restarts nothing is none.";
            case START_RETRIES ->
                "Consecutive failed starts that are tried again; `0` for a oneshot and where `restart` is `no`.";
            case RESTART_DELAY -> "Before a restart after a run that lasted `min_uptime`.";
            case BACKOFF ->
                "After failed starts, and ends that follow one another: 1s 2s 4s …, 1s 2s 3s …, or 1s each.";
            case BACKOFF_MAX -> "The longest such wait.";
            case BACKOFF_RESET ->
                "A run that lasts this long ends the back-off: the next restart is at once. A shorter run makes the wait grow.";
            case RESTART_LIMIT -> "Restarts within `restart_limit_period`, at most 100; one more and it is `failed`.";
            case RESTART_LIMIT_PERIOD -> "The time that `restart_limit` counts in.";
            case ON_EXIT ->
                "When it ends for good, by policy and not by command: `restart` follows `restart` and then does nothing.";
            case ON_FAILED ->
                "When it has failed; `stop_container` for a oneshot and where `on_exit = stop_container`.";
            case USER -> "`name`, `uid`, `name:group` or `uid:gid`.";
            case GROUPS -> "Supplementary groups, in place of those of /etc/group; `none` for none.";
            case LOGIN_ENVIRONMENT -> "Whether `HOME`, `USER`, `LOGNAME` and `SHELL` follow `user`.";
            case WORKING_DIR ->
                "Absolute; else the container's, or the service directory where `command` is a file of it.";
            case RUNTIME_DIRECTORY ->
                "Directories `/run/NAME` that init makes before a start, where they are missing, and gives to `user`.";
            case UMASK -> "Octal; else inherited.";
            case NICE -> "-20 to 19, added to the inherited niceness.";
            case OOM_SCORE_ADJ -> "-1000 to 1000; else inherited.";
            case CLEAR_ENVIRONMENT -> "Start from nothing but the container's `PATH`.";
            case ENVIRONMENT_FILE ->
                "Files of `K=V` lines, absolute or `./NAME`; `-PATH`: no error if it does not exist; at most 256 KiB together.";
            case STOP_SIGNAL -> "Name or number.";
            case STOP_COMMAND -> "Run before the stop signal is sent, inside the grace period.";
            case STOP_GRACE_PERIOD -> "Then KILL.";
            case STOP_GROUP -> "Send the stop signal to the whole process group.";
            case KILL_GROUP -> "When the main process is gone, and at KILL: kill what is left of its group.";
            case DOWN_COMMAND -> "Oneshots only: run at stop.";
            case RELOAD_SIGNAL -> "What `pintle reload NAME` sends.";
            case RELOAD_COMMAND -> "What `pintle reload NAME` runs in place of sending the signal.";
            case STDIN ->
                "`/dev/null`, the container's, a pipe that stays open and empty, or the one socket of `listen` (as FastCGI has it).";
            case LISTEN ->
                "Sockets that init makes, `tcp:[HOST:]PORT` or `unix:PATH`; passed from descriptor 3 on with `LISTEN_FDS`, kept through restarts, shared by all instances.";
            case LISTEN_MODE -> "Mode of the Unix sockets of `listen`.";
            case LISTEN_OWNER -> "Whose they are; else the service's user.";
            case NO_NEW_PRIVILEGES -> "Execution never gains a privilege (setuid).";
            case CAP_DROP ->
                "Capabilities that the service and what it executes can never have; `all`: all except those of `cap_add`.";
            case CAP_ADD -> "Capabilities that it has as any user; only such as the container has.";
            case TEST -> "What to execute; exit code 0 is healthy. The default needs the file.";
            case INTERVAL -> "From the end of one test to the next.";
            case TIMEOUT -> "A test that takes longer is killed and counts as failed.";
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
            case STDOUT_TO ->
                "`inherit`, `null`, `file:PATH`, several of `inherit` and files, or `stderr`: wherever that goes.";
            case STDERR_TO -> "As for `[stdout]`, or `stdout`: wherever that goes.";
            case STDOUT_PREFIX, STDERR_PREFIX -> "The service's name before every line: `web | …`.";
            case STDOUT_TIMESTAMP, STDERR_TIMESTAMP -> "The time before every line, UTC.";
            case STDOUT_FORMAT, STDERR_FORMAT ->
                "`json`: every line an object with `time`, `service`, `stream` and `message`.";
            case STDOUT_MAX_SIZE, STDERR_MAX_SIZE ->
                "A file that would grow beyond it is set aside as `PATH.1`, `PATH.2` …; 0 for no limit.";
            case STDOUT_MAX_FILES, STDERR_MAX_FILES -> "How many files that were set aside are kept.";
            case STDOUT_COMPRESS, STDERR_COMPRESS -> "Whether these are compressed, with gzip.";
            case STDOUT_INCLUDE, STDERR_INCLUDE ->
                "Only lines that match one of these patterns, one a line: `*` any text, `?` one byte.";
            case STDOUT_EXCLUDE, STDERR_EXCLUDE -> "No lines that match one of these patterns.";
            case STDOUT_RATE_LIMIT, STDERR_RATE_LIMIT ->
                "Lines a second; more are dropped, and their number is logged. 0 for no limit.";
            case STDOUT_KEEP, STDERR_KEEP ->
                "How much of what was written last a logger keeps in memory for `pintle logs`, at most 16m; 0: no more than it has to.";
            case SHUTDOWN_GRACE_PERIOD -> "The whole stop; keep it below the engine's (Docker: 10 s).";
            case STOP_DELAY ->
                "From a stop signal or `pintle shutdown` to when services and main are told, for load balancers to take notice; within `shutdown_grace_period`.";
            case MAIN_STOP_DELAY -> "How much later than that main alone is told; within `shutdown_grace_period`.";
            case EXIT_CODE_FROM ->
                "The service whose last code is the container's, before that of the command after /init.";
            case STARTUP_TIMEOUT -> "A container that is not up by then stops; 0: no limit.";
            case LOG_LEVEL -> "The least severe of init's own messages; `warn` is silent on success.";
            case LOG_FORMAT ->
                "Of init's own messages: `json` makes each one an object, as `[stderr] format` does for a service.";
            case LOG_TIMESTAMP -> "The time before each of init's own messages, UTC.";
            case MAIN_RUNTIME_DIRECTORY ->
                "Directories `/run/NAME` that init makes before it starts the container's command.";
            case CONTROL_PATH -> "The socket's absolute path; else the first usable default.";
            case CONTROL_MODE -> "The socket's mode, octal; `0660` where `group` is set.";
            case CONTROL_GROUP -> "Who may use it besides root and init's own user.";
            case WEB_LISTEN -> "Each `[HOST:]PORT`, without a host on the loopback, or `unix:PATH`.";
            case WEB_SOCKET_MODE ->
                "Mode of Unix sockets, octal; `0600`, with `socket_group` `0660`. Who can connect may do everything.";
            case WEB_SOCKET_GROUP -> "The group of Unix sockets.";
            case WEB_USERS ->
                "The file that says who may what: lines `NAME LEVEL HASH`, which `pintle-web passwd` prints.";
            case WEB_USERNAME -> "A user who may do everything; with `password_file`.";
            case WEB_PASSWORD_FILE -> "The file whose first line is the password.";
            case WEB_ALLOWED_HOSTS ->
                "Names that the page is served under besides addresses and `localhost`; `*` for any.";
        };
    }
}
