package dev.pintle.init.loop;

import dev.pintle.init.core.Action;
import dev.pintle.init.core.Event;
import dev.pintle.init.core.Role;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.launch.Interpreter;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.RandomBytes;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ProcessSettings.EnvironmentFile;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.text.Capabilities;
import dev.pintle.layout.text.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes that the init has made, and the pipes on which they tell of themselves. */
final class Children {

    /** Where events go, and warnings. */
    interface Sink {
        void post(Event event);

        void warn(String message);
    }

    /** Datagrams that Linux lets wait in a socket, unless it is told otherwise (net.unix.max_dgram_qlen). */
    private static final int MOST_WAITING = 10;

    /** Characters of a line in which a logger says what keeps it from writing. */
    private static final int LONGEST_TROUBLE = 8_192;

    private final Sys sys;
    private final Launcher launcher;
    private final Watches watches;
    private final Sink sink;
    private final Map<Integer, SetUp> settingUp = new HashMap<>();
    private final Map<String, ReadinessWatch> readiness = new HashMap<>();
    private final Map<Integer, ReadinessWatch> readinessByPid = new HashMap<>();
    /** By service: what was at the path of its readiness before its process was made. */
    private final Map<String, Long> filesBefore = new HashMap<>();

    /** By service: what tells the files that its process was made of from others at the same paths. */
    private final Map<String, Long> traces = new HashMap<>();

    private final FileFacts facts = new FileFacts();
    private final byte[] buffer = new byte[1024];
    private final CheckOutputs checkOutputs;
    private final LastLines lastLines;
    private final NotifySender senders;
    private final Peer sender = new Peer();

    Children(Sys sys, Launcher launcher, Watches watches, NotifySender.Owners owners, Sink sink) {
        this.sys = sys;
        this.launcher = launcher;
        this.watches = watches;
        this.checkOutputs = new CheckOutputs(sys, watches, sink::post);
        this.lastLines = new LastLines(sys, launcher, watches, sink);
        this.senders = new NotifySender(sys, owners);
        this.sink = sink;
    }

    /** The last lines of services that fail. */
    LastLines lastLines() {
        return lastLines;
    }

    /** Makes a process for a service and posts what became of that. */
    void spawn(Action.Spawn action) {
        ServiceDefinition definition = action.definition();
        Role role = action.role();
        List<String> command = action.command();
        String name = definition.name();
        ChildSpec child;
        try {
            child = role == Role.RUN
                    ? launcher.describeRun(definition, command, name.equals(Supervisor.MAIN))
                    : launcher.describe(definition, command, false);
        } catch (LaunchException e) {
            sink.post(
                    e.shortage() != 0
                            ? new Event.SpawnRefused(name, role, e.shortage())
                            : new Event.Unlaunchable(name, role, String.valueOf(e.getMessage())));
            return;
        } catch (OutOfMemoryError e) {
            // What it was given by its files, say: it is tried again as for the kernel's own refusal.
            sink.post(new Event.SpawnRefused(name, role, Errno.ENOMEM));
            return;
        }
        Readiness.Kind kind = role == Role.RUN ? definition.readiness().kind() : Readiness.Kind.STARTED;
        if (kind == Readiness.Kind.FILE) {
            filesBefore.put(name, identity(definition.readiness().detail()));
        } else if (kind == Readiness.Kind.TCP) {
            sink.post(new Event.PortSeen(name, isPortTaken(definition)));
        }
        int[] ends = {-1, -1};
        int result = 0;
        if (kind == Readiness.Kind.FD) {
            result = sys.pipe(ends);
            child.extraTarget = definition.readiness().fd();
            child.extraSource = ends[1];
        } else if (kind == Readiness.Kind.NOTIFY) {
            // Others share the network namespace, inits among them: nobody can guess the name, or take it beforehand.
            String address = "@pintle-notify-" + RandomBytes.name(sys);
            result = sys.receiveDatagrams(address);
            ends[0] = result;
            child.environment.add("NOTIFY_SOCKET=" + address);
        } else if (role == Role.HEALTHCHECK) {
            result = sys.pipe(ends);
            child.printTo(ends[1]);
        }
        if (result < 0) {
            sink.post(new Event.SpawnRefused(name, role, -result));
            return;
        }
        if (action.heard()) {
            lastLines.connect(definition, child);
        }
        launcher.letUserOpenOutput(child);
        int pid = make(child);
        closeIfOpen(ends[1]);
        if (pid < 0) {
            closeIfOpen(ends[0]);
            sink.post(new Event.SpawnRefused(name, role, -pid));
            return;
        }
        sink.post(new Event.Spawned(name, role, pid));
        if (role == Role.RUN) {
            traces.put(name, trace(definition));
        }
        watch(new SetUp(pid, name, role, child));
        if (role == Role.HEALTHCHECK) {
            checkOutputs.begin(name, pid, ends[0]);
        } else if (ends[0] >= 0) {
            boolean logger = definition.process().streams().input() == Stdin.LOGGED;
            ReadinessWatch watch = kind == Readiness.Kind.FD
                    ? new ReadinessPipe(ends[0], name, pid, logger)
                    : new NotifySocket(ends[0], name, pid, child.userId);
            readiness.put(name, watch);
            readinessByPid.put(pid, watch);
            watches.add(watch);
        }
    }

    /** Makes the process; its pid, or -errno. Its environment, which may be large, is not needed afterwards. */
    private int make(ChildSpec child) {
        try {
            return sys.spawn(child);
        } catch (OutOfMemoryError e) {
            return -Errno.ENOMEM;
        } finally {
            child.environment = List.of();
        }
    }

    /** Looks whether a service is ready, where that can only be seen so. */
    void look(ServiceDefinition definition) {
        Readiness readiness = definition.readiness();
        if (readiness.kind() == Readiness.Kind.TCP) {
            sink.post(new Event.PortSeen(definition.name(), accepts(readiness.detail())));
        } else if (readiness.kind() == Readiness.Kind.FILE && hasMadeItsFile(definition)) {
            sink.post(new Event.CameReady(definition.name()));
        }
    }

    /** Whether connections are accepted in its place already; where we listen for it ourselves, they always are. */
    private boolean isPortTaken(ServiceDefinition definition) {
        String port = definition.readiness().detail();
        for (ListenSocket socket : definition.process().listen()) {
            if (port.endsWith(":" + socket.port())) {
                return false;
            }
        }
        return accepts(port);
    }

    private boolean accepts(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        byte[] address = IpAddress.parse(hostAndPort.substring(0, colon));
        return address != null && sys.tryTcp(address, Integer.parseInt(hostAndPort.substring(colon + 1))) == 0;
    }

    /** Whether there is a file at the path of a service's readiness, and another than before its process was made. */
    private boolean hasMadeItsFile(ServiceDefinition definition) {
        Long before = filesBefore.get(definition.name());
        long now = identity(definition.readiness().detail());
        return now != 0 && (before == null || before != now);
    }

    /** What tells a file from one that was at the same path before; 0 where there is none. */
    private long identity(String path) {
        return sys.stat(path, facts) < 0
                ? 0
                : mixed(mixed(mixed(mixed(1, facts.device), facts.inode), facts.size), facts.modified);
    }

    private static long mixed(long some, long more) {
        return (some ^ (some >>> 32)) * 0x9E3779B97F4A7C15L + more;
    }

    /** Whether the program of a service's process, or its files of variables, are others than when that was made. */
    boolean isOutdated(ServiceDefinition definition) {
        Long trace = traces.get(definition.name());
        return trace != null && trace != trace(definition);
    }

    private long trace(ServiceDefinition definition) {
        String program = definition.command().get(0);
        long trace = program.indexOf('/') < 0 ? 0 : identity(program);
        for (EnvironmentFile file : definition.process().environment().files()) {
            trace = mixed(trace, identity(file.path()));
        }
        return trace;
    }

    private void closeIfOpen(int descriptor) {
        if (descriptor >= 0) {
            sys.close(descriptor);
        }
    }

    private void watch(SetUp setUp) {
        settingUp.put(setUp.pid, setUp);
        watches.add(setUp);
    }

    /**
     * Posts what a child has said of its set-up, if that was not done already: before its end or its readiness, whichever
     * way the kernel ordered them for us.
     */
    void settle(int pid) {
        SetUp setUp = settingUp.get(pid);
        if (setUp != null) {
            setUp.ready();
        }
    }

    /** Posts all that a child which has ended has said before: a run that was ready had come up, however soon it ended. */
    void hearOut(int pid) {
        settle(pid);
        checkOutputs.end(pid);
        lastLines.ended(pid);
        ReadinessWatch watch = readinessByPid.get(pid);
        int heard = 0;
        while (watch != null && heard < MOST_WAITING && watch.hear()) {
            heard++;
        }
    }

    /** Closes what was held to hear of a run's readiness. */
    void forgetReadiness(String service) {
        ReadinessWatch watch = readiness.remove(service);
        if (watch != null) {
            readinessByPid.remove(watch.pid);
            watches.remove(watch);
            sys.close(watch.descriptor());
        }
    }

    /** A service has left. */
    void forget(String service) {
        filesBefore.remove(service);
        traces.remove(service);
        lastLines.drop(service);
    }

    /** What a log service reads comes to its end. */
    void endInput(String logService) {
        launcher.endInput(logService);
    }

    /**
     * Closes what a service does not need.
     *
     * @param reached a state that it has come to; it may have left it since
     */
    void closeUnneeded(Service service, State reached) {
        if (!reached.running()) {
            launcher.keepOnlyWhatNeeds(service.definition());
        }
        if (reached.settled()) {
            lastLines.rest(service.name(), reached == State.FAILED);
        }
        if (service.state().settled()) {
            launcher.release(service.name());
        }
    }

    /** The pipe that ends when a child has executed, and carries a report when it cannot. */
    private final class SetUp extends Watch {
        private final int pid;
        private final String service;
        private final Role role;
        private final ChildSpec child;

        SetUp(int pid, String service, Role role, ChildSpec child) {
            super(child.statusDescriptor);
            this.pid = pid;
            this.service = service;
            this.role = role;
            this.child = child;
        }

        @Override
        protected void ready() {
            int got = sys.read(descriptor(), buffer, 0, buffer.length);
            if (got == -Errno.EAGAIN || got == -Errno.EINTR) {
                return;
            }
            settingUp.remove(pid);
            watches.remove(this);
            sys.close(descriptor());
            if (got >= SetUpReport.SIZE) {
                SetUpReport report = SetUpReport.decode(buffer);
                sink.post(new Event.SetUpFailed(service, role, report, object(report.step())));
            } else if (role == Role.RUN) {
                sink.post(new Event.Executed(service));
            }
        }

        /** What a step was about, for the message. */
        private String object(Step step) {
            @Nullable
            String object = switch (step) {
                case STDOUT -> child.stdoutFile;
                case STDERR -> child.stderrFile;
                case DIRECTORY -> child.directory;
                case EXECUTE -> program();
                case GROUP -> Long.toString(child.groupId);
                case USER -> Long.toString(child.userId);
                case SESSION, FOREGROUND, DESCRIPTORS, LIMITS, NICE, OOM_SCORE, GROUPS, NO_NEW_PRIVILEGES -> "";
                case CAPABILITIES -> Capabilities.names(child.capabilities.add());
            };
            return object == null ? "" : object;
        }

        /** The kernel says ENOENT of a script whose interpreter is missing. */
        private String program() {
            return child.arguments.get(0) + Interpreter.whatIsMissing(sys, child.programs);
        }
    }

    /** A descriptor on which a run says that it is ready. */
    private abstract class ReadinessWatch extends Watch {
        private final String service;
        private final int pid;

        ReadinessWatch(int descriptor, String service, int pid) {
            super(descriptor);
            this.service = service;
            this.pid = pid;
        }

        @Override
        protected void ready() {
            hear();
        }

        /** Takes one message, or what is in the pipe; whether there was any, and more may come. */
        boolean hear() {
            int got = take();
            if (got == -Errno.EAGAIN || got == -Errno.EINTR) {
                return false;
            }
            boolean ready = got > 0 && saysReady(got);
            if (ready) {
                settle(pid);
                sink.post(new Event.CameReady(service));
            }
            boolean over = got <= 0 || (ready && once());
            if (over) {
                forgetReadiness(service);
            }
            return !over;
        }

        /** Reads what is there into the buffer. */
        int take() {
            return sys.read(descriptor(), buffer, 0, buffer.length);
        }

        /** Whether the first {@code size} bytes of the buffer say so. */
        abstract boolean saysReady(int size);

        /** Whether nothing more is wanted from it after that. */
        abstract boolean once();
    }

    /** The pipe of {@code ready = fd:N}: a newline says it (s6's notification-fd). A logger says there what troubles it, too. */
    private final class ReadinessPipe extends ReadinessWatch {
        private final String service;
        private final boolean logger;
        /** What a logger has said since the last end of a line. */
        private String said = "";

        ReadinessPipe(int descriptor, String service, int pid, boolean logger) {
            super(descriptor, service, pid);
            this.service = service;
            this.logger = logger;
        }

        @Override
        boolean saysReady(int size) {
            if (logger) {
                hear(said + RawText.decode(buffer, 0, size));
            }
            for (int i = 0; i < size; i++) {
                if (buffer[i] == '\n') {
                    return true;
                }
            }
            return false;
        }

        /** A line may come in several reads: it names a path, which has up to 4,096 bytes. */
        private void hear(String text) {
            int end = text.lastIndexOf('\n');
            int last = text.lastIndexOf(LogPipes.TROUBLE, end - 1);
            if (last >= 0) {
                sink.post(new Event.Troubled(service, text.substring(last + LogPipes.TROUBLE.length(), end)));
            }
            said = text.length() - end > LONGEST_TROUBLE ? "" : text.substring(Math.max(end, 0));
        }

        @Override
        boolean once() {
            return !logger;
        }
    }

    /**
     * The socket of {@code ready = notify}: a line READY=1 of a process of the service says it (sd_notify(3)); all else is read and
     * dropped.
     */
    private final class NotifySocket extends ReadinessWatch {
        private final String service;
        private final int main;
        private final int userId;
        /** Whether it has been said that somebody else sends: once is enough for a log, however often he does. */
        private boolean warned;

        NotifySocket(int descriptor, String service, int pid, long userId) {
            super(descriptor, service, pid);
            this.service = service;
            this.main = pid;
            this.userId = userId == ChildSpec.INHERITED ? sys.userId() : (int) userId;
        }

        @Override
        int take() {
            int got = sys.receive(descriptor(), buffer, 0, buffer.length, sender);
            if (got < 0) {
                return got;
            }
            boolean heard = senders.speaksFor(service, main, userId, sender);
            if (!heard && !warned) {
                warned = true;
                sink.warn("ignoring what " + stranger() + " sends to the notify socket of " + service
                        + ": it is none of its processes");
            }
            if (!heard || got == 0) {
                // Nothing that is said, and no end: that of a pipe has no bytes, but a datagram may have none too.
                buffer[0] = 0;
                return 1;
            }
            return got;
        }

        private String stranger() {
            return sender.pid <= 0
                    ? "a process of another pid namespace"
                    : "pid " + sender.pid + " of uid " + Integer.toUnsignedLong(sender.userId);
        }

        @Override
        boolean saysReady(int size) {
            String message = "\n" + RawText.decode(buffer, 0, size) + "\n";
            return message.contains("\nREADY=1\n");
        }

        @Override
        boolean once() {
            return false;
        }
    }
}
