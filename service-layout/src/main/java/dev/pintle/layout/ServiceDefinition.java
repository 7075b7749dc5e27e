package dev.pintle.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service as the init runs it: every default filled in, every value interpolated. Durations are milliseconds.
 *
 * @param name        unique within the layout; {@code web-2} for the second of several instances
 * @param family      the name of the directory; the same as {@code name} unless {@code instances} is set. A command that
 *                    names the family means all of its instances
 * @param groups      the groups that {@code @group} on the command line selects it by
 * @param directory   the service directory's absolute path
 * @param type        whether it stays or runs once
 * @param command     argv; empty for a milestone alone. The first word is looked up in PATH where it has no slash
 * @param autostart   whether it starts with the container
 * @param dependsOn   what must have reached a condition before it starts
 * @param after       names that must have been started or have failed before it starts; no pull-in. A name that the layout
 *                    does not have has been dropped
 * @param readiness   how it becomes ready
 * @param restart     when it is started again, and when it is given up
 * @param stop        how it is brought down
 * @param reload      what {@code pintle reload NAME} does
 * @param finish      absolute path of the {@code finish} script, or null
 * @param healthcheck its health check, or null
 * @param process     the attributes of its process
 */
public record ServiceDefinition(
        String name,
        String family,
        List<String> groups,
        String directory,
        Type type,
        List<String> command,
        boolean autostart,
        List<Dependency> dependsOn,
        List<String> after,
        Readiness readiness,
        RestartPolicy restart,
        StopPolicy stop,
        Reload reload,
        @Nullable String finish,
        @Nullable Healthcheck healthcheck,
        ProcessSettings process) {

    /** Numbers of signals, the same on every architecture that we build for. */
    private static final int HUP = 1;

    private static final int TERM = 15;

    /** Whether it has nothing to execute: it is done as soon as what it depends on is. */
    public boolean isMilestone() {
        return type == Type.ONESHOT && command.isEmpty();
    }

    /** The same service with other edges in the dependency graph. */
    public ServiceDefinition withEdges(List<Dependency> newDependsOn, List<String> newAfter) {
        ServiceBuilder builder = new ServiceBuilder(this);
        builder.dependsOn = newDependsOn;
        builder.after = newAfter;
        return builder.build();
    }

    /** The same service with other attributes of its process. */
    public ServiceDefinition withProcess(ProcessSettings newProcess) {
        ServiceBuilder builder = new ServiceBuilder(this);
        builder.process = newProcess;
        return builder.build();
    }

    /** Another one that equals this; or this, with what may be large of the other in place of what equals it. */
    public ServiceDefinition sharing(ServiceDefinition other) {
        if (equals(other)) {
            return other;
        }
        ServiceBuilder builder = new ServiceBuilder(this);
        builder.command = shared(command, other.command);
        builder.dependsOn = shared(dependsOn, other.dependsOn);
        builder.after = shared(after, other.after);
        builder.process = shared(process, other.process);
        return builder.build();
    }

    private static <T> T shared(T one, T other) {
        return one.equals(other) ? other : one;
    }

    /** What kind of service it is. */
    public enum Type {
        /** Long-running. */
        SERVICE,
        /** Runs once; up when it has exited with success. */
        ONESHOT
    }

    /**
     * An edge of the dependency graph.
     *
     * @param service   the name of one service (families have been expanded)
     * @param condition what it must have reached
     * @param optional  whether its failure is no reason not to start
     * @param restart   whether a restart of it that is asked for is one of the dependent too
     */
    public record Dependency(String service, Condition condition, boolean optional, boolean restart) {

        /** One that is needed, and whose restart is its own affair. */
        public Dependency(String service, Condition condition) {
            this(service, condition, false, false);
        }
    }

    /** What a dependency must have reached; the terms are Compose's where Compose has one. */
    public enum Condition {
        /** Its process has been executed. */
        STARTED("started"),
        /** It is ready. */
        READY("ready"),
        /** It is ready and its health check passes. */
        HEALTHY("healthy"),
        /** It has ended with success. */
        COMPLETED("completed"),
        /** It has ended, whatever its code. */
        FINISHED("finished");

        private final String text;

        Condition(String text) {
            this.text = text;
        }

        /** The word that users write. */
        public String text() {
            return text;
        }
    }

    /**
     * How a service becomes ready.
     *
     * @param kind    what tells
     * @param detail  the path for FILE, {@code address:port} for TCP (a numeric address or localhost, never empty), else empty
     * @param fd      the descriptor's number in the child for FD, else -1
     * @param timeout milliseconds after which a start counts as failed; 0 for none
     */
    public record Readiness(Kind kind, String detail, int fd, long timeout) {
        /** Ready when it is executed. */
        public static final Readiness STARTED = new Readiness(Kind.STARTED, "", -1, 0);

        /** What tells that a service is ready. */
        public enum Kind {
            /** Its execution. */
            STARTED,
            /** A newline that it writes to a descriptor (s6). */
            FD,
            /** {@code READY=1} sent to {@code $NOTIFY_SOCKET} (sd_notify). */
            NOTIFY,
            /** A TCP port that accepts. */
            TCP,
            /** A file that exists. */
            FILE,
            /** The first success of its health check. */
            HEALTHCHECK
        }
    }

    /**
     * When a service is started again, and when it is given up.
     *
     * @param policy       after a run that had come up
     * @param success      what counts as success
     * @param minUptime    a run that ends sooner is a failed start
     * @param strictUptime whether the layout gives {@code min_uptime}: then a run that ends sooner is a failed start whatever
     *                     its end (supervisord's rule). By default (1 s) an end that the policy restarts nothing after is
     *                     final however short the run: any end under {@code no}, success under {@code on-failure}, any other under {@code on-success}
     * @param startRetries consecutive failed starts that are followed by another try; -1 for no limit
     * @param delay        before a restart after a run that had come up
     * @param backoff      how the wait grows with failed starts and with ends that follow one another
     * @param backoffMax   the longest such wait
     * @param backoffReset a run that lasts so long ends the back-off
     * @param limit        how many restarts there may be in a time
     * @param onExit       what its end by policy means for the container, where it ended with success
     * @param onFailedExit the same where it did not
     * @param onFailed     what its being given up means for the container
     */
    public record RestartPolicy(
            Policy policy,
            ExitCodes success,
            long minUptime,
            boolean strictUptime,
            int startRetries,
            long delay,
            Backoff backoff,
            long backoffMax,
            long backoffReset,
            RestartLimit limit,
            ContainerAction onExit,
            ContainerAction onFailedExit,
            ContainerAction onFailed) {

        /** One run, whose end means nothing. */
        public static final RestartPolicy ONE_RUN = new Builder().build();

        /** Puts a policy together by names; see {@link RestartPolicy} for what each is. What is not said is as for one run. */
        public static final class Builder {
            /** See the record's component of this name, as for all others. */
            public Policy policy = Policy.NO;

            public ExitCodes success = ExitCodes.ZERO;
            public long minUptime;
            public boolean strictUptime;
            public int startRetries;
            public long delay;
            public Backoff backoff = Backoff.NONE;
            public long backoffMax;
            public long backoffReset;
            public RestartLimit limit = RestartLimit.NONE;
            public ContainerAction onExit = ContainerAction.IGNORE;
            public ContainerAction onFailedExit = ContainerAction.IGNORE;
            public ContainerAction onFailed = ContainerAction.IGNORE;

            /** The policy. */
            public RestartPolicy build() {
                return new RestartPolicy(
                        policy,
                        success,
                        minUptime,
                        strictUptime,
                        startRetries,
                        delay,
                        backoff,
                        backoffMax,
                        backoffReset,
                        limit,
                        onExit,
                        onFailedExit,
                        onFailed);
            }
        }

        /** After a run that had come up. */
        public enum Policy {
            /** Whatever the code. */
            ALWAYS,
            /** Unless it ended with success. */
            ON_FAILURE,
            /** Only where it ended with success. */
            ON_SUCCESS,
            /** Never. */
            NO
        }

        /**
         * How many restarts there may be in a time.
         *
         * @param most   restarts that are not asked for; one more and the service has failed. -1 for no limit
         * @param period the time in milliseconds
         */
        public record RestartLimit(int most, long period) {
            /** No limit. */
            public static final RestartLimit NONE = new RestartLimit(-1, 0);

            /** The highest limit: so many restarts are remembered. */
            public static final int HIGHEST = 100;
        }

        /** How the wait grows. */
        public enum Backoff {
            /** 1 s, 2 s, 3 s … */
            LINEAR,
            /** 1 s, 2 s, 4 s … */
            EXPONENTIAL,
            /** 1 s each time. */
            NONE
        }

        /** What the end of a service means for the container. */
        public enum ContainerAction {
            /** Nothing. */
            IGNORE,
            /** The container stops, with the service's code. */
            STOP_CONTAINER
        }
    }

    /**
     * How a service is brought down.
     *
     * @param signal      the number of the stop signal
     * @param command     argv of the command that is run before the signal, or null
     * @param gracePeriod milliseconds until KILL
     * @param stopGroup   whether the stop signal goes to the whole process group
     * @param killGroup   whether what is left of the group is killed after the main process
     * @param downCommand oneshots: argv of what is run at stop, or null
     */
    public record StopPolicy(
            int signal,
            @Nullable List<String> command,
            long gracePeriod,
            boolean stopGroup,
            boolean killGroup,
            @Nullable List<String> downCommand) {
        /** TERM, and KILL with no time in between, for what is left of the group too. */
        public static final StopPolicy AT_ONCE = within(0);

        /** TERM to its process, and KILL to it and what is left of its group after so many milliseconds. */
        public static StopPolicy within(long gracePeriod) {
            return new StopPolicy(TERM, null, gracePeriod, false, true, null);
        }
    }

    /**
     * What {@code pintle reload NAME} does.
     *
     * @param signal  the number of the signal that is sent where there is no command
     * @param command argv, or null
     */
    public record Reload(int signal, @Nullable List<String> command) {
        /** By HUP. */
        public static final Reload HANGUP = new Reload(HUP, null);
    }

    /**
     * A health check; Compose's terms and defaults. Times are milliseconds.
     *
     * @param test        argv
     * @param interval    between the end of one test and the start of the next
     * @param timeout     after which a test is killed and counts as failed
     * @param retries     consecutive failures that make the service unhealthy
     * @param startPeriod failures within this time after the start do not count
     * @param onUnhealthy what unhealthiness does
     */
    public record Healthcheck(
            List<String> test, long interval, long timeout, int retries, long startPeriod, OnUnhealthy onUnhealthy) {
        /** What unhealthiness does. */
        public enum OnUnhealthy {
            /** It is shown in status. */
            IGNORE,
            /** The service is restarted. */
            RESTART,
            /** The container stops. */
            STOP_CONTAINER
        }
    }
}
