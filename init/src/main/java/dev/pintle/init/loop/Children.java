package dev.pintle.init.loop;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.Role;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.text.Capabilities;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes that the init has made, and the pipes on which they tell of themselves. */
final class Children {

    /** Where events go. */
    interface Sink {
        void post(Event event);
    }

    /** Datagrams that Linux lets wait in a socket, unless it is told otherwise (net.unix.max_dgram_qlen). */
    private static final int MOST_WAITING = 10;

    private final Sys sys;
    private final Launcher launcher;
    private final Watches watches;
    private final Sink sink;
    private final Map<Integer, SetUp> settingUp = new HashMap<>();
    private final Map<String, ReadinessWatch> readiness = new HashMap<>();
    private final Map<Integer, ReadinessWatch> readinessByPid = new HashMap<>();
    private final byte[] buffer = new byte[1024];
    /** Makes the names of notify sockets differ: an old one may still be held by a child that is on its way out. */
    private int notifySockets;

    Children(Sys sys, Launcher launcher, Watches watches, Sink sink) {
        this.sys = sys;
        this.launcher = launcher;
        this.watches = watches;
        this.sink = sink;
    }

    /** Makes a process for a service and posts what became of that. */
    void spawn(ServiceDefinition definition, Role role, List<String> command) {
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
        }
        Readiness.Kind kind = role == Role.RUN ? definition.readiness().kind() : Readiness.Kind.STARTED;
        int[] ends = {-1, -1};
        int result = 0;
        if (kind == Readiness.Kind.FD) {
            result = sys.pipe(ends);
            child.extraTarget = definition.readiness().fd();
            child.extraSource = ends[1];
        } else if (kind == Readiness.Kind.NOTIFY) {
            String address = "@pintle-" + sys.pid() + "-" + notifySockets++ + "-" + name;
            result = sys.receiveDatagrams(address);
            ends[0] = result;
            child.environment.add("NOTIFY_SOCKET=" + address);
        }
        if (result < 0) {
            sink.post(new Event.SpawnRefused(name, role, -result));
            return;
        }
        int pid = sys.spawn(child);
        closeIfOpen(ends[1]);
        if (pid < 0) {
            closeIfOpen(ends[0]);
            sink.post(new Event.SpawnRefused(name, role, -pid));
            return;
        }
        sink.post(new Event.Spawned(name, role, pid));
        watch(new SetUp(pid, name, role, child));
        if (ends[0] >= 0) {
            ReadinessWatch watch = kind == Readiness.Kind.FD
                    ? new ReadinessPipe(ends[0], name, pid)
                    : new NotifySocket(ends[0], name, pid);
            readiness.put(name, watch);
            readinessByPid.put(pid, watch);
            watches.add(watch);
        }
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
                case EXECUTE -> child.arguments.get(0);
                case GROUP -> Integer.toString(child.groupId);
                case USER -> Integer.toString(child.userId);
                case SESSION, FOREGROUND, DESCRIPTORS, LIMITS, NICE, OOM_SCORE, GROUPS, NO_NEW_PRIVILEGES -> "";
                case CAPABILITIES -> Capabilities.names(child.capabilitiesKept);
            };
            return object == null ? "" : object;
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
            int got = sys.read(descriptor(), buffer, 0, buffer.length);
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

        /** Whether the first {@code size} bytes of the buffer say so. */
        abstract boolean saysReady(int size);

        /** Whether nothing more is wanted from it after that. */
        abstract boolean once();
    }

    /** The pipe of {@code ready = fd:N}: a newline says it (s6's notification-fd). */
    private final class ReadinessPipe extends ReadinessWatch {
        ReadinessPipe(int descriptor, String service, int pid) {
            super(descriptor, service, pid);
        }

        @Override
        boolean saysReady(int size) {
            for (int i = 0; i < size; i++) {
                if (buffer[i] == '\n') {
                    return true;
                }
            }
            return false;
        }

        @Override
        boolean once() {
            return true;
        }
    }

    /** The socket of {@code ready = notify}: a line READY=1 says it (sd_notify(3)); others are read and dropped. */
    private final class NotifySocket extends ReadinessWatch {
        NotifySocket(int descriptor, String service, int pid) {
            super(descriptor, service, pid);
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
