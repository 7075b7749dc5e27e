package dev.pintle.init.boot;

import dev.pintle.init.core.Supervisor;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ExitCodes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.Output;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.Reload;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Backoff;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The container's CMD as a service: it starts when all that starts with the container is ready, has the container's
 * standard input, working directory and variables, and its end is the container's.
 */
final class MainService {

    private MainService() {}

    /** The layout with a main service that runs {@code command}. */
    static Layout addTo(Layout layout, List<String> command) {
        List<Dependency> dependencies = new ArrayList<>();
        for (ServiceDefinition service : layout.services()) {
            if (service.autostart()) {
                boolean oneshot = service.type() == ServiceDefinition.Type.ONESHOT;
                dependencies.add(new Dependency(service.name(), oneshot ? Condition.COMPLETED : Condition.READY));
            }
        }
        List<ServiceDefinition> services = new ArrayList<>(layout.services());
        services.add(define(command, dependencies, gracePeriod(layout)));
        return new Layout(layout.container(), services);
    }

    /** Main goes first: two thirds of the stop's budget, all of it where nothing else has to stop after it. */
    private static long gracePeriod(Layout layout) {
        long budget = layout.container().shutdownGracePeriod();
        return layout.services().isEmpty() ? budget : budget / 3 * 2;
    }

    private static ServiceDefinition define(List<String> command, List<Dependency> dependencies, long gracePeriod) {
        RestartPolicy runOnce = new RestartPolicy(
                Policy.NO,
                ExitCodes.ZERO,
                0,
                false,
                0,
                0,
                Backoff.NONE,
                0,
                ContainerAction.STOP_CONTAINER,
                ContainerAction.STOP_CONTAINER);
        return new ServiceDefinition(
                Supervisor.MAIN,
                Supervisor.MAIN,
                List.of(),
                "",
                ServiceDefinition.Type.SERVICE,
                command,
                true,
                dependencies,
                List.of(),
                new Readiness(Readiness.Kind.STARTED, "", -1, 0),
                runOnce,
                new StopPolicy(Signal.TERM, null, gracePeriod, false, true, null),
                new Reload(Signal.HUP, null),
                null,
                null,
                process(Stdin.INHERIT));
    }

    /** A process that is as the container is. */
    static ProcessSettings process(Stdin stdin) {
        return new ProcessSettings(
                null,
                null,
                false,
                null,
                -1,
                ProcessSettings.INHERITED,
                ProcessSettings.INHERITED,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                false,
                CapabilityChange.NONE,
                List.of(),
                stdin,
                Output.INHERIT,
                Output.INHERIT);
    }
}
