package dev.pintle.init.launch;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.Credentials;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes the processes of services. */
public final class Launcher {
    private static final long UNSIGNED = 0xffff_ffffL;

    private final Sys sys;
    private final Accounts accounts;
    private final LogPipes logPipes;
    private final ListenSockets sockets;
    private final Map<String, String> container;
    /** Where the control socket is; null where there is none. */
    private @Nullable String control;
    /** The end to read from of a pipe that nobody writes to; made when first needed. */
    private int silence = -1;

    /**
     * Describes processes that start from the container's variables.
     *
     * @param container the environment that the init was started with
     */
    public Launcher(Sys sys, Map<String, String> container) {
        this.sys = sys;
        this.accounts = new Accounts(sys);
        this.logPipes = new LogPipes(sys);
        this.sockets = new ListenSockets(sys, accounts);
        this.container = container;
    }

    /** Has every service know where its own init listens: in a pod, others do too. */
    public void tellWhereControlIs(String place) {
        control = place;
    }

    /**
     * Describes a process of a service.
     *
     * @param command argv
     * @param isMain  whether it is the container's CMD, which may have the terminal
     */
    public ChildSpec describe(ServiceDefinition definition, List<String> command, boolean isMain)
            throws LaunchException {
        return describe(
                definition, command, isMain, identity(definition.process().credentials()));
    }

    private ChildSpec describe(
            ServiceDefinition definition, List<String> command, boolean isMain, Accounts.@Nullable Identity identity)
            throws LaunchException {
        ProcessSettings settings = definition.process();
        Credentials credentials = settings.credentials();
        Environment environment = Environment.of(sys, container, settings.environment(), identity, control);
        ChildSpec child = new ChildSpec();
        child.arguments = command;
        child.programs = environment.placesOf(command.get(0));
        child.environment = environment.words();
        child.inheritsEnvironment = !settings.environment().clear();
        child.directory = settings.files().workingDir();
        child.umask = settings.files().umask();
        child.resources = settings.resources();
        become(child, identity);
        if (identity == null && credentials.groups() != null) {
            child.groups = Accounts.numbers(accounts.groupIds(credentials.groups()));
        }
        child.capabilities = credentials.capabilities();
        child.noNewPrivileges = credentials.noNewPrivileges();
        connect(child, definition.name(), settings.streams());
        child.foreground = isMain && child.stdin == 0 && sys.isTerminal(0);
        return child;
    }

    /** Describes a service's own process: as any of its processes, and with its sockets. */
    public ChildSpec describeRun(ServiceDefinition definition, List<String> command, boolean isMain)
            throws LaunchException {
        ProcessSettings settings = definition.process();
        Stdin input = settings.streams().input();
        Accounts.Identity identity = identity(settings.credentials());
        new RuntimeDirectories(sys).make(settings.files().runtimeDirectories(), identity);
        ChildSpec child = describe(definition, command, isMain, identity);
        if (input == Stdin.LOGGED) {
            becomeLogger(child, logPipes.descriptors(definition.name(), child.arguments));
            return child;
        }
        if (input == Stdin.LOG) {
            child.stdin = logPipes.readingEnd(definition.name());
        }
        sockets.keepOnlyThoseOf(definition);
        int[] descriptors = sockets.of(definition);
        if (input == Stdin.SOCKET) {
            child.stdin = descriptors[0];
        } else if (descriptors.length > 0) {
            child.sockets = descriptors;
            child.environment.add("LISTEN_FDS=" + descriptors.length);
        }
        return child;
    }

    /** Nothing of a service runs, and it may have become another: what it needs no more is closed. */
    public void keepOnlyWhatNeeds(ServiceDefinition definition) {
        sockets.keepOnlyThoseOf(definition);
        Output error = definition.process().streams().error();
        logPipes.keepOnly(definition.name(), writesToLog(definition), error instanceof Output.ToLogger);
    }

    /** Whether what a service writes to standard output is read by its logger or log service. */
    public boolean writesToLog(ServiceDefinition definition) {
        Output output = definition.process().streams().output();
        return output instanceof Output.ToLogger || output == Output.Fixed.LOG_SERVICE;
    }

    /**
     * Lets the user of a child open what its output is: where that is a pipe of ours, {@code /dev/stdout} and {@code /dev/stderr} could
     * not be opened by anybody else. See ADR 20.
     */
    public void letUserOpenOutput(ChildSpec child) {
        if (child.userId <= 0) {
            return;
        }
        if (child.stdout >= 0 && child.stdoutFile == null) {
            sys.letOthersWrite(child.stdout);
        }
        if (child.stderr >= 0 && child.stderrFile == null && !child.stderrToStdout) {
            sys.letOthersWrite(child.stderr);
        }
    }

    /**
     * Describes a logger that is nobody's service.
     *
     * @param command     as of {@link LogPipes#command}
     * @param descriptors its pipes and files in memory in turn
     */
    public ChildSpec describeLogger(List<String> command, int[] descriptors) {
        ChildSpec child = new ChildSpec();
        child.arguments = command;
        child.inheritsEnvironment = true;
        becomeLogger(child, descriptors);
        return child;
    }

    /** A logger is this very program, by another name. A stop that comes while it starts must not cost what is in its pipe. */
    private void becomeLogger(ChildSpec child, int[] descriptors) {
        child.blocksSignals = true;
        child.programs = List.of("/proc/self/exe", sys.arguments().get(0));
        child.sockets = descriptors;
    }

    /** The memory file with what the logger of a service has taken from a stream: a descriptor, or -1. */
    public int held(String service, Stream stream) {
        return logPipes.held(service, stream);
    }

    /** Closes the pipes whose other end this log service or logger has: nothing more is written to them. */
    public void endInput(String logService) {
        logPipes.close(logService);
    }

    /** A service is not meant to run any more: what only it needed is closed. */
    public void release(String service) {
        sockets.release(service);
    }

    /** There is no such service any more: what was for it is closed. */
    public void forget(String service) {
        release(service);
        logPipes.close(service);
    }

    private Accounts.@Nullable Identity identity(Credentials credentials) throws LaunchException {
        String user = credentials.user();
        return user == null ? null : accounts.identify(user, credentials.groups());
    }

    private void become(ChildSpec child, Accounts.@Nullable Identity identity) throws LaunchException {
        if (identity == null) {
            return;
        }
        int own = sys.userId();
        if (own != 0) {
            if (own != identity.userId()) {
                throw new LaunchException("cannot become user " + identity.name() + ": init runs as uid "
                        + Accounts.text(own) + ", and only root can");
            }
            return;
        }
        child.userId = identity.userId() & UNSIGNED;
        child.groupId = identity.groupId() & UNSIGNED;
        child.groups = Accounts.numbers(identity.groups());
    }

    private void connect(ChildSpec child, String service, Streams streams) throws LaunchException {
        child.stdin = stdin(streams.input());
        child.stdout = descriptor(service, Stream.OUTPUT, streams.output());
        child.stdoutFile = file(streams.output());
        child.stderr = descriptor(service, Stream.ERROR, streams.error());
        child.stderrFile = file(streams.error());
        child.stderrToStdout = streams.error() == Output.Fixed.OTHER_STREAM;
        if (streams.output() == Output.Fixed.OTHER_STREAM) {
            child.stdout = child.stderr;
            child.stdoutFile = child.stderrFile;
        }
    }

    /** What becomes a stream, or -1 for /dev/null. */
    private int descriptor(String service, Stream stream, Output output) throws LaunchException {
        if (output instanceof Output.ToLogger || output == Output.Fixed.LOG_SERVICE) {
            return logPipes.writingEnd(service, stream, output instanceof Output.ToLogger);
        }
        return output == Output.Fixed.NULL ? -1 : stream.descriptor();
    }

    private static @Nullable String file(Output output) {
        return output instanceof Output.ToFile file ? file.path() : null;
    }

    private int stdin(Stdin stdin) throws LaunchException {
        return switch (stdin) {
            case INHERIT -> 0;
            case OPEN -> silence();
            // Where it is the service itself that is described, its socket or pipe takes this place.
            case NULL, LOGGED, SOCKET, LOG -> -1;
        };
    }

    /** One pipe serves all: nobody ever writes to it, and both ends stay open here. */
    private int silence() throws LaunchException {
        if (silence < 0) {
            int[] ends = new int[2];
            int result = sys.pipe(ends);
            if (result < 0) {
                throw new LaunchException("cannot make a pipe for standard input", -result);
            }
            silence = ends[0];
        }
        return silence;
    }
}
