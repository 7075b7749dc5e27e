package dev.pintle.layout;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service's process is given between fork and exec.
 *
 * @param credentials whose rights it has
 * @param environment its variables
 * @param files       its directories, and the mode of what it makes
 * @param resources   its share of the machine
 * @param listen      sockets that init makes for it; an instance shares them with its family
 * @param streams     its standard input, output and error
 */
public record ProcessSettings(
        Credentials credentials,
        EnvironmentSettings environment,
        FileSettings files,
        ResourceSettings resources,
        List<ListenSocket> listen,
        Streams streams) {

    /** The value of a number where the layout says nothing. */
    public static final int INHERITED = Integer.MIN_VALUE;

    /** As the init's own process is, but for standard input: {@code /dev/null}. */
    public static final ProcessSettings PLAIN = new ProcessSettings(
            Credentials.INHERITED,
            EnvironmentSettings.INHERITED,
            FileSettings.INHERITED,
            ResourceSettings.INHERITED,
            List.of(),
            Streams.INHERITED);

    /** The same with other standard streams. */
    public ProcessSettings with(Streams newStreams) {
        return new ProcessSettings(credentials, environment, files, resources, listen, newStreams);
    }

    /** The same with other rights. */
    public ProcessSettings with(Credentials newCredentials) {
        return new ProcessSettings(newCredentials, environment, files, resources, listen, streams);
    }

    /** The same with other directories. */
    public ProcessSettings with(FileSettings newFiles) {
        return new ProcessSettings(credentials, environment, newFiles, resources, listen, streams);
    }

    /** The same with other sockets. */
    public ProcessSettings withListen(List<ListenSocket> newListen) {
        return new ProcessSettings(credentials, environment, files, resources, newListen, streams);
    }

    /**
     * Whose rights a process has.
     *
     * @param user            {@code name}, {@code uid}, {@code name:group} or {@code uid:gid}; null for init's own
     * @param groups          supplementary groups by name or number, replacing those of /etc/group; null to take these
     * @param capabilities    what is taken away and what is kept as any user
     * @param noNewPrivileges whether to set no_new_privs
     */
    public record Credentials(
            @Nullable String user,
            @Nullable List<String> groups,
            CapabilityChange capabilities,
            boolean noNewPrivileges) {
        /** The init's own. */
        public static final Credentials INHERITED = new Credentials(null, null, CapabilityChange.NONE, false);
    }

    /**
     * The variables of a process.
     *
     * @param clear     whether to start from nothing but PATH
     * @param login     whether HOME, USER, LOGNAME and SHELL follow the user
     * @param files     files of {@code K=V} lines, read at each start
     * @param unset     variables that are taken away from what the service would inherit (an empty file in {@code env/}, as
     *                  chpst -e and s6-envdir have it), before files and {@code variables} are set
     * @param variables in order; they win over files
     */
    public record EnvironmentSettings(
            boolean clear,
            boolean login,
            List<EnvironmentFile> files,
            List<String> unset,
            Map<String, String> variables) {
        /** The container's. */
        public static final EnvironmentSettings INHERITED =
                new EnvironmentSettings(false, false, List.of(), List.of(), Map.of());
    }

    /**
     * The directories of a process, and the mode of the files that it makes.
     *
     * @param workingDir         absolute path, or null for the container's (for a service whose command is a script of its
     *                           service directory, the parser has filled in that directory)
     * @param runtimeDirectories names of directories in /run that are made before a start
     * @param umask              or {@link #INHERITED}
     */
    public record FileSettings(@Nullable String workingDir, List<String> runtimeDirectories, int umask) {
        /** The init's own. */
        public static final FileSettings INHERITED = new FileSettings(null, List.of(), ProcessSettings.INHERITED);
    }

    /**
     * The share of the machine that a process has.
     *
     * @param nice        added to the inherited niceness, or {@link #INHERITED}
     * @param oomScoreAdj -1000 to 1000, or {@link #INHERITED}
     * @param limits      resource limits
     */
    public record ResourceSettings(int nice, int oomScoreAdj, List<Limit> limits) {
        /** The init's own. */
        public static final ResourceSettings INHERITED =
                new ResourceSettings(ProcessSettings.INHERITED, ProcessSettings.INHERITED, List.of());
    }

    /**
     * The standard streams of a process.
     *
     * @param input  where standard input comes from
     * @param output where standard output goes
     * @param error  where standard error goes
     */
    public record Streams(Stdin input, Output output, Output error) {
        /** Output as the container has it, and nothing to read. */
        public static final Streams INHERITED = new Streams(Stdin.NULL, Output.Fixed.INHERIT, Output.Fixed.INHERIT);

        /** Where a stream goes. */
        public Output of(Stream stream) {
            return stream == Stream.ERROR ? error : output;
        }

        /** The same with another standard input. */
        public Streams withInput(Stdin newInput) {
            return new Streams(newInput, output, error);
        }

        /** The same with another standard output. */
        public Streams withOutput(Output newOutput) {
            return new Streams(input, newOutput, error);
        }

        /** Whether a logger reads one of them. */
        public boolean areLogged() {
            return output instanceof Output.ToLogger || error instanceof Output.ToLogger;
        }
    }

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
}
