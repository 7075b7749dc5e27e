package dev.pintle.init.boot;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;
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
            Streams streams = service.process().streams();
            List<String> command = LogPipes.command(streams.output(), streams.error());
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
        OwnService logger = new OwnService(name, command);
        logger.autostart = service.autostart();
        logger.restart = OwnService.always(MIN_UPTIME, 0);
        logger.gracePeriod = GRACE_PERIOD;
        logger.readyDescriptor = LogPipes.READY_DESCRIPTOR;
        logger.stdin = Stdin.LOGGED;
        return logger.define();
    }
}
