package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.SetUpReport;
import dev.pintle.layout.Layout;
import java.util.List;

/** What can happen to the supervisor from outside. */
public sealed interface Event {

    /** The container starts. */
    record Booted() implements Event {}

    /** A process was made as asked. */
    record Spawned(String service, Role role, int pid) implements Event {}

    /** The kernel refused to make a process, for now. */
    record SpawnRefused(String service, Role role, int errno) implements Event {}

    /** A process could not be described; {@code cause} completes {@code cannot start NAME: }. */
    record Unlaunchable(String service, Role role, String cause) implements Event {}

    /** The process of a service has executed its command. */
    record Executed(String service) implements Event {}

    /** A process could not be set up; its end will follow. {@code object} names what the step was about, or is empty. */
    record SetUpFailed(String service, Role role, SetUpReport report, String object) implements Event {}

    /**
     * A health check prints.
     *
     * @param output the end of what it has printed so far
     */
    record TestSaid(String service, int pid, String output) implements Event {}

    /**
     * It was looked whether connections are accepted where a service is to accept them; for the first time before its process is
     * made, when it cannot be the one that does.
     */
    record PortSeen(String service, boolean open) implements Event {}

    /** A logger says what keeps it from writing; nothing where it can write again. */
    record Troubled(String service, String trouble) implements Event {}

    /** A service has said that it is ready, or was seen to be. */
    record CameReady(String service) implements Event {}

    /**
     * A child has ended; its pid is not released before the actions of this event are carried out.
     *
     * @param left what has become of the processes that it has left behind; empty where there are none, or nobody looked
     */
    record Ended(int pid, ExitStatus status, String left) implements Event {
        /** One that nobody looked for what it has left. */
        public Ended(int pid, ExitStatus status) {
            this(pid, status, "");
        }
    }

    /** No child is left, not even an adopted one. */
    record ChildrenGone() implements Event {}

    /** A logger that is nobody's service had to be killed, as it did not end in time. */
    record LoggerKilled() implements Event {}

    /** Time has passed. */
    record Ticked() implements Event {}

    /**
     * A signal came that the init itself does not use.
     *
     * @param kernels whether the kernel sent it, such as for a key of a terminal, and no process
     */
    record SignalReceived(int signal, boolean kernels) implements Event {
        /** One that a process sent. */
        public SignalReceived(int signal) {
            this(signal, false);
        }
    }

    /** A client waits for services to have proved that they stay up. */
    record ProofAwaited(List<String> services) implements Event {}

    /** Nothing is left of a process group that was waited for. */
    record GroupGone(String service, int group) implements Event {}

    /** The layout has been read anew. */
    record LayoutRead(Layout layout) implements Event {}

    /** A user wants services up, and what they depend on. */
    record StartRequested(List<String> services) implements Event {}

    /** A user wants one more run of services, and no other after it. */
    record OnceRequested(List<String> services) implements Event {}

    /** A user wants services down, and what depends on them, unless {@code only} these are meant. */
    record StopRequested(List<String> services, boolean only) implements Event {
        /** With what depends on them. */
        public StopRequested(List<String> services) {
            this(services, false);
        }
    }

    /** A user wants services run anew. */
    record RestartRequested(List<String> services) implements Event {}

    /** A user wants services to re-read their configuration. */
    record ReloadRequested(List<String> services) implements Event {}

    /** A user wants a signal sent to services. */
    record SignalRequested(List<String> services, int signal) implements Event {}

    /** A user wants the container to stop; {@code code} is its exit code, or -1 to leave that to the layout. */
    record ShutdownRequested(int code) implements Event {}
}
