package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ServiceDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the supervisor wants done, in this order. */
public sealed interface Action {

    /**
     * Make a process; {@link Event.Spawned}, {@link Event.SpawnRefused} or {@link Event.Unlaunchable} answers.
     *
     * @param heard whether it is a run after one that has failed, and the end of what it prints is to be kept
     */
    record Spawn(ServiceDefinition definition, Role role, List<String> command, boolean heard) implements Action {}

    /** See to it that the end of what the next runs of a service print is kept, or is not any more. */
    record KeepOutput(ServiceDefinition definition, boolean keep) implements Action {}

    /** Send a signal to a process, or to the group of a negated pid. */
    record SendSignal(int pid, int signal) implements Action {}

    /**
     * Have a log service come to the end of its input: what its service wrote is all that there will be. Where that still
     * runs, the signal is sent instead, to the pid or to the group of a negated one.
     */
    record EndInput(String service, int pid, int signal) implements Action {}

    /**
     * Look whether anything is left of a process group; {@link Event.GroupGone} answers no.
     *
     * @param kill whether what is left is to get KILL
     */
    record LookAtGroup(String service, int group, boolean kill) implements Action {}

    /**
     * Tell who waits what no change of state tells: that a service has stayed up as long as a run must to count as one, or that
     * its reload command has ended.
     */
    record AnnounceProof(String service) implements Action {}

    /** Look whether a service is ready, where that can only be seen by looking; {@link Event.CameReady} answers yes. */
    record Probe(ServiceDefinition definition) implements Action {}

    /** A run is over: whatever was held to hear of its readiness can go. */
    record ForgetReadiness(String service) implements Action {}

    /** Tell the operator. */
    record Say(LogLevel level, String message) implements Action {}

    /**
     * Tell who subscribed that a service has another state.
     *
     * @param end   how its run ended, where it has by this
     * @param ended the same in words, with how long it was: by the time that this is carried out the next run may have begun
     */
    record Announce(
            String service, State from, State to, @Nullable ExitStatus end, String ended) implements Action {}

    /** Tell who subscribed that a service's health check says something else. */
    record AnnounceHealth(String service, HealthState to) implements Action {}

    /** Tell who subscribed that the container stops. */
    record AnnounceStop() implements Action {}

    /**
     * Send a signal to every descendant that belongs to no service; {@link Event.ChildrenGone} answers when none is left,
     * at once where there is none.
     */
    record Sweep(int signal) implements Action {}

    /** Services may need less than before: close what none that does not run needs any more. */
    record CloseUnneeded() implements Action {}

    /** A service has left, and nothing of it runs: whatever was held for it can go. */
    record Forget(String service) implements Action {}

    /** Read the layout anew; {@link Event.LayoutRead} answers where it is a good one. */
    record ReadLayout() implements Action {}

    /** End the init. */
    record Exit(int code) implements Action {}
}
