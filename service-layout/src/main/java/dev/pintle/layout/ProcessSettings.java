package dev.pintle.layout;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a service's process is given between fork and exec.
 *
 * @param user             {@code name}, {@code uid}, {@code name:group} or {@code uid:gid}; null for init's own
 * @param groups           supplementary groups by name or number, replacing those of /etc/group; null to take these
 * @param loginEnvironment whether HOME, USER, LOGNAME and SHELL follow {@code user}
 * @param workingDir       absolute path, or null for the container's (for a service whose command is a script of its
 *                         service directory, the parser has filled in that directory)
 * @param runtimeDirectories names of directories in /run that are made before a start
 * @param umask            or -1 to inherit
 * @param nice             added to the inherited niceness; {@link #INHERITED} to leave it
 * @param oomScoreAdj      -1000 to 1000, or {@link #INHERITED}
 * @param clearEnvironment whether to start from nothing but PATH
 * @param environmentFiles files of {@code K=V} lines, read at each start
 * @param unsetEnvironment variables that are taken away from what the service would inherit (an empty file in
 *                         {@code env/}, as chpst -e and s6-envdir have it), before files and {@code environment} are set
 * @param environment      variables, in order; they win over files
 * @param limits           resource limits
 * @param noNewPrivileges  whether to set no_new_privs
 * @param capabilities     what is taken away and what is kept as any user
 * @param listen           sockets that init makes for it; an instance shares them with its family
 * @param stdin            where standard input comes from
 * @param stdout           where standard output goes
 * @param stderr           where standard error goes
 */
public record ProcessSettings(
        @Nullable String user,
        @Nullable List<String> groups,
        boolean loginEnvironment,
        @Nullable String workingDir,
        List<String> runtimeDirectories,
        int umask,
        int nice,
        int oomScoreAdj,
        boolean clearEnvironment,
        List<EnvironmentFile> environmentFiles,
        List<String> unsetEnvironment,
        Map<String, String> environment,
        List<Limit> limits,
        boolean noNewPrivileges,
        CapabilityChange capabilities,
        List<ListenSocket> listen,
        Stdin stdin,
        Output stdout,
        Output stderr) {

    /** The same with other standard streams. */
    public ProcessSettings withStreams(Stdin newStdin, Output newStdout, Output newStderr) {
        return new ProcessSettings(
                user,
                groups,
                loginEnvironment,
                workingDir,
                runtimeDirectories,
                umask,
                nice,
                oomScoreAdj,
                clearEnvironment,
                environmentFiles,
                unsetEnvironment,
                environment,
                limits,
                noNewPrivileges,
                capabilities,
                listen,
                newStdin,
                newStdout,
                newStderr);
    }

    /** The value of {@code nice} and {@code oomScoreAdj} where the layout says nothing. */
    public static final int INHERITED = Integer.MIN_VALUE;

    /**
     * A file of {@code K=V} lines.
     *
     * @param path     absolute
     * @param optional whether its absence is no error
     */
    public record EnvironmentFile(String path, boolean optional) {}

    /**
     * A resource limit.
     *
     * @param resource which one
     * @param soft     in the resource's own unit; -1 for unlimited
     * @param hard     likewise
     */
    public record Limit(Resource resource, long soft, long hard) {}

    /**
     * Sets of capabilities, one bit each by capabilities(7)'s numbers.
     *
     * @param drop what neither the service nor anything that it executes can have; never in {@code add}
     * @param add  what the service has even where its user is not root
     */
    public record CapabilityChange(long drop, long add) {
        /** As the container has them. */
        public static final CapabilityChange NONE = new CapabilityChange(0, 0);
    }

    /**
     * A socket that init makes before the service's first start.
     *
     * @param path  absolute path of a Unix socket; empty for TCP
     * @param host  numeric address for TCP; empty for every address of the machine, and for a Unix socket
     * @param port  of TCP, else 0
     * @param mode  permission bits of a Unix socket
     * @param owner {@code user} or {@code user:group} of a Unix socket; null for init's own
     */
    public record ListenSocket(
            String path,
            String host,
            int port,
            int mode,
            @Nullable String owner) {
        /** The number of a service's first socket (sd_listen_fds(3)). */
        public static final int FIRST_DESCRIPTOR = 3;

        /** Whether it is a Unix socket. */
        public boolean unix() {
            return !path.isEmpty();
        }

        /** As it is written: {@code tcp:127.0.0.1:80}, {@code tcp:80}, {@code unix:/run/app.sock}. */
        public String text() {
            return unix() ? "unix:" + path : "tcp:" + (host.isEmpty() ? "" : host + ":") + port;
        }
    }

    /** The resources that Linux limits, with their numbers on every architecture that we build for. */
    public enum Resource {
        /** Seconds of CPU time. */
        CPU(0),
        /** Bytes of a file. */
        FSIZE(1),
        /** Bytes of data segment. */
        DATA(2),
        /** Bytes of stack. */
        STACK(3),
        /** Bytes of core file. */
        CORE(4),
        /** Bytes resident; Linux ignores it. */
        RSS(5),
        /** Processes of the user. */
        NPROC(6),
        /** Open descriptors. */
        NOFILE(7),
        /** Bytes locked in memory. */
        MEMLOCK(8),
        /** Bytes of address space. */
        AS(9),
        /** File locks. */
        LOCKS(10),
        /** Queued signals. */
        SIGPENDING(11),
        /** Bytes in POSIX message queues. */
        MSGQUEUE(12),
        /** Ceiling for nice, as 20 minus it. */
        NICE(13),
        /** Ceiling for real-time priority. */
        RTPRIO(14),
        /** Microseconds of real-time CPU without a blocking call. */
        RTTIME(15);

        private final int number;

        Resource(int number) {
            this.number = number;
        }

        /** The number of the resource in setrlimit(2). */
        public int number() {
            return number;
        }
    }

    /** Where standard input comes from. */
    public enum Stdin {
        /** {@code /dev/null}. */
        NULL,
        /** The container's. */
        INHERIT,
        /** A pipe that init holds open and never writes to: reads block, as under supervisord. */
        OPEN,
        /** The one socket that it listens on, as FastCGI programs and inetd services want it. */
        SOCKET,
        /** A logger's: what its service writes, in pipes that init holds. */
        LOGGED,
        /** A log service's: what its service writes to standard output, from a pipe that init holds. */
        LOG
    }

    /**
     * Where an output stream goes.
     *
     * @param to     the kind
     * @param path   absolute path for FILE, else empty
     * @param logger for LOGGER: the options of {@code pintle-log} that say what becomes of the lines, else empty
     */
    public record Output(To to, String path, List<String> logger) {
        /** The container's own stream. */
        public static final Output INHERIT = of(To.INHERIT);

        /** Whether a word is a destination, as {@code to} has it. */
        public static boolean isWritten(String word) {
            return word.startsWith("file:")
                    || word.equals("inherit")
                    || word.equals("null")
                    || word.equals("stdout")
                    || word.equals("stderr");
        }

        /** One that needs no more to be said. */
        public static Output of(To to) {
            return new Output(to, "", List.of());
        }

        /** The kinds of destination. */
        public enum To {
            /** The container's own stream. */
            INHERIT,
            /** {@code /dev/null}. */
            NULL,
            /** A file, opened for appending by the child, after it has become its user. */
            FILE,
            /** Standard error only: wherever standard output goes. */
            STDOUT,
            /** Standard output only: wherever standard error goes. */
            STDERR,
            /** A pipe that init holds, and a logger reads. */
            LOGGER,
            /** A pipe that init holds, and the service's own log service reads. */
            LOG_SERVICE
        }
    }
}
