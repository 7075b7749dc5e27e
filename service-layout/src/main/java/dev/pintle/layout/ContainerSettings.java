package dev.pintle.layout;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * pintle.conf: the container-wide settings. Durations are milliseconds.
 *
 * @param shutdownGracePeriod the budget of a whole stop
 * @param stopDelay           how long after the stop has been asked for services are told; within the budget
 * @param mainStopDelay       how much later than that main is told; within the budget
 * @param exitCodeFrom        the service whose last code is the container's where there is no main; or null
 * @param startupTimeout      after which a container that is not up stops; 0 for none
 * @param messages            which messages init prints, and how
 * @param signals             what signals to PID 1 do, by number, where it is not the default
 * @param mainDirectories     names of directories in /run that are made before the container's command is started
 * @param control             the control socket
 * @param web                 the status page, or null for none
 */
public record ContainerSettings(
        long shutdownGracePeriod,
        long stopDelay,
        long mainStopDelay,
        @Nullable String exitCodeFrom,
        long startupTimeout,
        Messages messages,
        Map<Integer, SignalAction> signals,
        List<String> mainDirectories,
        Control control,
        @Nullable Web web) {

    /** Severity of init's own messages. */
    public enum LogLevel {
        /** What makes init give up. */
        ERROR,
        /** What an operator should look at; the default: silent on success. */
        WARN,
        /** Starts and stops too. */
        INFO,
        /** Every transition. */
        DEBUG
    }

    /**
     * Init's own messages.
     *
     * @param level     the least severe that is printed
     * @param format    {@code raw} or {@code json}
     * @param timestamp {@code no}, {@code iso8601} or {@code tai64n}; an object of JSON always has the time
     */
    public record Messages(LogLevel level, String format, String timestamp) {

        /** As long as nobody has chosen otherwise. */
        public static final Messages DEFAULT = new Messages(LogLevel.WARN, "raw", "no");
    }

    /**
     * What a signal sent to PID 1 does.
     *
     * @param kind    the kind
     * @param targets the services that FORWARD sends to; for ALL every one that runs
     * @param signal  the number that is sent on by FORWARD and ALL, else 0
     */
    public record SignalAction(Kind kind, List<String> targets, int signal) {
        /** The kinds of action. */
        public enum Kind {
            /** The container stops. */
            STOP,
            /** Nothing. */
            IGNORE,
            /** The layout is read again. */
            RELOAD,
            /** The signal is sent to the named service. */
            FORWARD,
            /** The signal is sent to all services. */
            ALL
        }
    }

    /**
     * The control socket.
     *
     * @param path  or null for the first usable default
     * @param mode  of the socket
     * @param group that may use it besides root and init's own user, or null
     */
    public record Control(
            @Nullable String path, int mode, @Nullable String group) {}

    /**
     * The status page.
     *
     * @param listen       each {@code HOST:PORT} or {@code unix:PATH}
     * @param socketMode   permission bits of Unix sockets in octal; null for what is usual
     * @param socketGroup  that may use them, or null
     * @param users        absolute path of the file that says who may what, or null
     * @param username     who may see and change everything, or null, together with {@code passwordFile}
     * @param passwordFile absolute path of the file whose first line is the password
     * @param allowedHosts the names that it is served under besides addresses; {@code *} for any
     */
    public record Web(
            List<String> listen,
            @Nullable String socketMode,
            @Nullable String socketGroup,
            @Nullable String users,
            @Nullable String username,
            @Nullable String passwordFile,
            List<String> allowedHosts) {}
}
