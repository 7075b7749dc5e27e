package dev.pintle.init.boot;

import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.Credentials;
import dev.pintle.layout.ProcessSettings.FileSettings;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.ServiceBuilder;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.Readiness.Kind;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Backoff;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.List;

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
    boolean noNewPrivileges;
    /** Names of directories in /run that it needs. */
    List<String> runtimeDirectories = List.of();

    OwnService(String name, List<String> command) {
        this.name = name;
        this.command = command;
    }

    /** One run, whose end is the container's. */
    static RestartPolicy onceForTheContainer() {
        RestartPolicy.Builder policy = new RestartPolicy.Builder();
        policy.backoffReset = BACKOFF_RESET;
        policy.onExit = ContainerAction.STOP_CONTAINER;
        policy.onFailedExit = ContainerAction.STOP_CONTAINER;
        policy.onFailed = ContainerAction.STOP_CONTAINER;
        return policy.build();
    }

    /**
     * Started again whenever it ends.
     *
     * @param minUptime  milliseconds; a run that ends sooner is followed by a pause
     * @param backoffMax the longest pause; 0 for a second each time
     */
    static RestartPolicy always(long minUptime, long backoffMax) {
        RestartPolicy.Builder policy = new RestartPolicy.Builder();
        policy.policy = Policy.ALWAYS;
        policy.minUptime = minUptime;
        policy.startRetries = -1;
        policy.backoff = backoffMax == 0 ? Backoff.NONE : Backoff.EXPONENTIAL;
        policy.backoffMax = backoffMax;
        policy.backoffReset = BACKOFF_RESET;
        return policy.build();
    }

    ServiceDefinition define() {
        ServiceBuilder service = new ServiceBuilder(name, command);
        service.autostart = autostart;
        service.dependsOn = dependencies;
        service.readiness = readyDescriptor < 0 ? Readiness.STARTED : new Readiness(Kind.FD, "", readyDescriptor, 0);
        service.restart = restart;
        service.stop = StopPolicy.within(gracePeriod);
        service.process = process();
        return service.build();
    }

    private ProcessSettings process() {
        return ProcessSettings.PLAIN
                .with(new Credentials(null, null, CapabilityChange.NONE, noNewPrivileges))
                .with(new FileSettings(null, runtimeDirectories, ProcessSettings.INHERITED))
                .with(Streams.INHERITED.withInput(stdin));
    }
}
