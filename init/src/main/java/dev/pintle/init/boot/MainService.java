package dev.pintle.init.boot;

import dev.pintle.init.core.Supervisor;
import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import java.util.ArrayList;
import java.util.List;

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
        services.add(define(command, dependencies, layout));
        return new Layout(layout.container(), services);
    }

    /** Main goes first: two thirds of what the stop's delays leave, all of it where nothing else has to stop after it. */
    private static long gracePeriod(Layout layout) {
        ContainerSettings settings = layout.container();
        long budget = settings.shutdownGracePeriod() - settings.stopDelay() - settings.mainStopDelay();
        return layout.services().isEmpty() ? budget : budget / 3 * 2;
    }

    private static ServiceDefinition define(List<String> command, List<Dependency> dependencies, Layout layout) {
        OwnService main = new OwnService(Supervisor.MAIN, command);
        main.dependencies = dependencies;
        main.gracePeriod = gracePeriod(layout);
        main.runtimeDirectories = layout.container().mainDirectories();
        main.stdin = Stdin.INHERIT;
        return main.define();
    }
}
