package dev.pintle.init.loop;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.Role;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.init.sys.Step;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Readiness;
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

    private final Sys sys;
    private final Launcher launcher;
    private final Watches watches;
    private final Sink sink;
    private final Map<Integer, SetUp> settingUp = new HashMap<>();
    private final Map<String, ReadinessPipe> readiness = new HashMap<>();
    private final byte[] buffer = new byte[256];

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
            child = launcher.describe(definition, command, role == Role.RUN && name.equals(Supervisor.MAIN));
        } catch (LaunchException e) {
            sink.post(new Event.Unlaunchable(name, role, String.valueOf(e.getMessage())));
            return;
        }
        int[] ends = {-1, -1};
        Readiness ready = definition.readiness();
        if (role == Role.RUN && ready.kind() == Readiness.Kind.FD) {
            int result = sys.pipe(ends);
            if (result < 0) {
                sink.post(new Event.SpawnRefused(name, role, -result));
                return;
            }
            child.extraTarget = ready.fd();
            child.extraSource = ends[1];
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
            readiness.put(name, new ReadinessPipe(ends[0], name, pid));
            watches.add(readiness.get(name));
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

    /** Closes what was held to hear of a run's readiness. */
    void forgetReadiness(String service) {
        ReadinessPipe pipe = readiness.remove(service);
        if (pipe != null) {
            watches.remove(pipe);
            sys.close(pipe.descriptor());
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
            };
            return object == null ? "" : object;
        }
    }

    /** The pipe on which a run says that it is ready, by a newline. */
    private final class ReadinessPipe extends Watch {
        private final String service;
        private final int pid;

        ReadinessPipe(int descriptor, String service, int pid) {
            super(descriptor);
            this.service = service;
            this.pid = pid;
        }

        @Override
        protected void ready() {
            int got = sys.read(descriptor(), buffer, 0, buffer.length);
            if (got == -Errno.EAGAIN || got == -Errno.EINTR) {
                return;
            }
            boolean newline = false;
            for (int i = 0; i < got; i++) {
                newline |= buffer[i] == '\n';
            }
            if (newline) {
                settle(pid);
                sink.post(new Event.CameReady(service));
            }
            if (newline || got <= 0) {
                forgetReadiness(service);
            }
        }
    }
}
