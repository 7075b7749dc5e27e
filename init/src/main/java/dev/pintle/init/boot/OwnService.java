package dev.pintle.init.boot;

import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ExitCodes;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ProcessSettings.Output;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.Readiness.Kind;
import dev.pintle.layout.ServiceDefinition.Reload;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Backoff;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.RestartLimit;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.List;
import java.util.Map;

/** A service that the init adds to those of the layout. Its process is as the container is, but for what is set here. */
final class OwnService {
    private final String name;
    private final List<String> command;

    /** What must be there before it starts. */
    List<Dependency> dependencies = List.of();

    boolean autostart = true;
    RestartPolicy restart = onceForTheContainer();
    /** A run that lasts so long, in milliseconds, ends the back-off. */
    private static final long BACKOFF_RESET = 10_000;

    /** Milliseconds from TERM to KILL. */
    long gracePeriod;

    /** Where it says that it is ready, or -1: it is when it has started. */
    int readyDescriptor = -1;

    Stdin stdin = Stdin.NULL;
    List<ListenSocket> listen = List.of();
    boolean noNewPrivileges;
    /** Names of directories in /run that it needs. */
    List<String> runtimeDirectories = List.of();

    OwnService(String name, List<String> command) {
        this.name = name;
        this.command = command;
    }

    /** One run, whose end is the container's. */
    static RestartPolicy onceForTheContainer() {
        ContainerAction stop = ContainerAction.STOP_CONTAINER;
        return new RestartPolicy(
                Policy.NO,
                ExitCodes.ZERO,
                0,
                false,
                0,
                0,
                Backoff.NONE,
                0,
                BACKOFF_RESET,
                RestartLimit.NONE,
                stop,
                stop,
                stop);
    }

    /**
     * Started again whenever it ends.
     *
     * @param minUptime  milliseconds; a run that ends sooner is followed by a pause
     * @param backoffMax the longest pause; 0 for a second each time
     */
    static RestartPolicy always(long minUptime, long backoffMax) {
        Backoff backoff = backoffMax == 0 ? Backoff.NONE : Backoff.EXPONENTIAL;
        ContainerAction none = ContainerAction.IGNORE;
        return new RestartPolicy(
                Policy.ALWAYS,
                ExitCodes.ZERO,
                minUptime,
                false,
                -1,
                0,
                backoff,
                backoffMax,
                BACKOFF_RESET,
                RestartLimit.NONE,
                none,
                none,
                none);
    }

    ServiceDefinition define() {
        return new ServiceDefinition(
                name,
                name,
                List.of(),
                "",
                ServiceDefinition.Type.SERVICE,
                command,
                autostart,
                dependencies,
                List.of(),
                new Readiness(readyDescriptor < 0 ? Kind.STARTED : Kind.FD, "", readyDescriptor, 0),
                restart,
                new StopPolicy(Signal.TERM, null, gracePeriod, false, true, null),
                new Reload(Signal.HUP, null),
                null,
                null,
                process());
    }

    private ProcessSettings process() {
        return new ProcessSettings(
                null,
                null,
                false,
                null,
                runtimeDirectories,
                -1,
                ProcessSettings.INHERITED,
                ProcessSettings.INHERITED,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                noNewPrivileges,
                CapabilityChange.NONE,
                listen,
                stdin,
                Output.INHERIT,
                Output.INHERIT);
    }
}
