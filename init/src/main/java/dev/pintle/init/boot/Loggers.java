package dev.pintle.init.boot;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ExitCodes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings;
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

/**
 * The logger of each service that needs one, as a service of its own, {@code NAME/log}: its service depends on it, so it is
 * there before and stops after, and it is started again at once when it ends.
 */
final class Loggers {
    /** A logger that ends sooner cannot do what it is to do, and is tried again every second. */
    private static final long MIN_UPTIME = 100;

    private static final long GRACE_PERIOD = 5_000;

    private Loggers() {}

    static Layout addTo(Layout layout) {
        List<ServiceDefinition> services = new ArrayList<>();
        for (ServiceDefinition service : layout.services()) {
            List<String> command = LogPipes.command(
                    service.process().stdout(), service.process().stderr());
            if (command.isEmpty()) {
                services.add(service);
                continue;
            }
            String name = service.name() + Layout.LOG;
            List<Dependency> dependencies = new ArrayList<>(service.dependsOn());
            dependencies.add(new Dependency(name, Condition.STARTED));
            services.add(service.withEdges(dependencies, service.after()));
            services.add(define(name, service, command));
        }
        return new Layout(layout.container(), services);
    }

    private static ServiceDefinition define(String name, ServiceDefinition service, List<String> command) {
        RestartPolicy always = new RestartPolicy(
                Policy.ALWAYS,
                ExitCodes.ZERO,
                MIN_UPTIME,
                false,
                -1,
                0,
                Backoff.NONE,
                0,
                ContainerAction.IGNORE,
                ContainerAction.IGNORE);
        return new ServiceDefinition(
                name,
                name,
                List.of(),
                service.directory(),
                ServiceDefinition.Type.SERVICE,
                command,
                service.autostart(),
                List.of(),
                List.of(),
                new Readiness(Readiness.Kind.STARTED, "", -1, 0),
                always,
                new StopPolicy(Signal.TERM, null, GRACE_PERIOD, false, true, null),
                new Reload(Signal.HUP, null),
                null,
                null,
                MainService.process(ProcessSettings.Stdin.LOGGED));
    }
}
