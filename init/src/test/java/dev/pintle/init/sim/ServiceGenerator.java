package dev.pintle.init.sim;

import dev.pintle.init.core.Role;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ExitCodes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.ServiceBuilder;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.ServiceDefinition.Healthcheck.OnUnhealthy;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.Readiness.Kind;
import dev.pintle.layout.ServiceDefinition.Reload;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Backoff;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.ContainerAction;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.Policy;
import dev.pintle.layout.ServiceDefinition.RestartPolicy.RestartLimit;
import dev.pintle.layout.ServiceDefinition.StopPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the definitions of a world's services. */
final class ServiceGenerator {
    /** Above those that services listen on by themselves. */
    private static final int LISTENING_PORTS = 9000;

    private final SplitMix64 random;

    ServiceGenerator(SplitMix64 random) {
        this.random = random;
    }

    /** A service that may depend on {@code earlier} ones, so that there is no cycle. */
    ServiceDefinition make(String name, List<ServiceDefinition> earlier) {
        boolean oneshot = random.chance(25);
        List<Dependency> dependsOn = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (ServiceDefinition other : earlier) {
            if (random.chance(35)) {
                dependsOn.add(new Dependency(other.name(), condition(other)));
            }
            if (random.chance(10)) {
                after.add(other.name());
            }
        }
        Healthcheck healthcheck = oneshot || random.chance(75) ? null : healthcheck(name);
        List<String> command = oneshot && random.chance(15) ? List.of() : command(name, Role.RUN);
        ServiceBuilder service = new ServiceBuilder(name, command);
        service.directory = "/svc/" + name;
        service.type = oneshot ? ServiceDefinition.Type.ONESHOT : ServiceDefinition.Type.SERVICE;
        service.autostart = random.chance(88);
        service.dependsOn = dependsOn;
        service.after = after;
        service.readiness = readiness(name, oneshot, healthcheck);
        service.restart = restart(oneshot);
        service.stop = stop(name, oneshot);
        service.reload = new Reload(Signal.HUP, random.chance(50) ? command(name, Role.RELOAD) : null);
        service.finish = random.chance(20) ? World.program(name, Role.FINISH) : null;
        service.healthcheck = healthcheck;
        service.process = process(random.chance(10) ? List.of(socket(name)) : List.of());
        return service.build();
    }

    /** The log service of a service. */
    ServiceDefinition log(String writer) {
        String name = writer + Layout.LOG;
        ServiceBuilder log = new ServiceBuilder(name, command(name, Role.RUN));
        log.directory = "/svc/" + name;
        log.autostart = random.chance(88);
        log.readiness = new Readiness(random.oneOf(Kind.STARTED, Kind.FD), "", 3, 0);
        log.restart = restart(false);
        log.stop = stop(name, false);
        log.finish = random.chance(20) ? World.program(name, Role.FINISH) : null;
        log.process = ProcessSettings.PLAIN.with(Streams.INHERITED.withInput(Stdin.LOG));
        return log.build();
    }

    /** A service with its log service, which reads what it writes. */
    static ServiceDefinition withLog(ServiceDefinition service) {
        List<Dependency> dependsOn = new ArrayList<>(service.dependsOn());
        dependsOn.add(new Dependency(service.name() + Layout.LOG, Condition.STARTED));
        return writing(Output.Fixed.LOG_SERVICE, service.withEdges(dependsOn, service.after()));
    }

    /** The same without a log service. */
    static ServiceDefinition withoutLog(ServiceDefinition service) {
        List<Dependency> dependsOn = service.dependsOn().stream()
                .filter(dependency -> !dependency.service().equals(service.name() + Layout.LOG))
                .toList();
        return writing(Output.Fixed.INHERIT, service.withEdges(dependsOn, service.after()));
    }

    private static ServiceDefinition writing(Output output, ServiceDefinition service) {
        ProcessSettings process = service.process();
        return service.withProcess(process.with(process.streams().withOutput(output)));
    }

    /** The same process under other rules. */
    ServiceDefinition withOtherRules(ServiceDefinition s) {
        boolean oneshot = s.type() == ServiceDefinition.Type.ONESHOT;
        ServiceBuilder builder = new ServiceBuilder(s);
        builder.restart = restart(oneshot);
        builder.stop = stop(s.name(), oneshot);
        return builder.build();
    }

    private static ListenSocket socket(String name) {
        return new ListenSocket("", "", LISTENING_PORTS + name.charAt(0), 0, null);
    }

    /** The service of the container's CMD: it needs all that starts with the container. */
    static ServiceDefinition main(List<ServiceDefinition> others) {
        List<Dependency> dependsOn = new ArrayList<>();
        for (ServiceDefinition other : others) {
            if (other.autostart()) {
                dependsOn.add(new Dependency(
                        other.name(),
                        other.type() == ServiceDefinition.Type.ONESHOT ? Condition.COMPLETED : Condition.READY));
            }
        }
        RestartPolicy.Builder restart = new RestartPolicy.Builder();
        restart.backoffReset = 10_000;
        restart.onExit = ContainerAction.STOP_CONTAINER;
        restart.onFailedExit = ContainerAction.STOP_CONTAINER;
        restart.onFailed = ContainerAction.STOP_CONTAINER;
        ServiceBuilder main = new ServiceBuilder("main", command("main", Role.RUN));
        main.dependsOn = dependsOn;
        main.restart = restart.build();
        main.stop = StopPolicy.within(3000);
        return main.build();
    }

    private static List<String> command(String name, Role role) {
        return List.of(World.program(name, role));
    }

    private Condition condition(ServiceDefinition other) {
        if (other.type() == ServiceDefinition.Type.ONESHOT) {
            return random.chance(70) ? Condition.COMPLETED : Condition.FINISHED;
        }
        if (other.healthcheck() != null && random.chance(50)) {
            return Condition.HEALTHY;
        }
        return random.oneOf(
                Condition.READY,
                Condition.READY,
                Condition.READY,
                Condition.STARTED,
                Condition.STARTED,
                Condition.FINISHED,
                Condition.COMPLETED);
    }

    private Healthcheck healthcheck(String name) {
        return new Healthcheck(
                command(name, Role.HEALTHCHECK),
                random.oneOf(500L, 2000L, 10_000L),
                random.oneOf(100L, 1000L, 5000L),
                random.between(1, 3),
                random.oneOf(0L, 0L, 3000L),
                random.oneOf(OnUnhealthy.values()));
    }

    private Readiness readiness(String name, boolean oneshot, @Nullable Healthcheck healthcheck) {
        long timeout = random.chance(30) ? random.oneOf(50L, 500L, 2000L) : 0;
        if (healthcheck != null && random.chance(40)) {
            return new Readiness(Kind.HEALTHCHECK, "", -1, timeout);
        }
        return switch (oneshot ? 0 : random.below(7)) {
            case 0, 1 -> new Readiness(Kind.STARTED, "", -1, timeout);
            case 2 -> new Readiness(Kind.FILE, "/ready/" + name, -1, timeout);
            case 3 -> new Readiness(Kind.TCP, "127.0.0.1:" + (8000 + name.charAt(0)), -1, timeout);
            case 4 -> new Readiness(Kind.NOTIFY, "", -1, timeout);
            default -> new Readiness(Kind.FD, "", 3, timeout);
        };
    }

    private RestartPolicy restart(boolean oneshot) {
        RestartPolicy.Builder restart = new RestartPolicy.Builder();
        restart.policy = random.oneOf(Policy.ALWAYS, Policy.ALWAYS, Policy.ON_FAILURE, Policy.ON_SUCCESS, Policy.NO);
        restart.success = random.chance(80) ? ExitCodes.ZERO : new ExitCodes(List.of(0, 3), List.of(Signal.TERM));
        restart.minUptime = random.oneOf(0L, 1000L, 1000L, 2000L);
        restart.strictUptime = random.chance(30);
        restart.startRetries = random.oneOf(-1, -1, 0, 1, 3);
        restart.delay = random.oneOf(0L, 0L, 500L, 3000L);
        restart.backoff = random.oneOf(Backoff.values());
        restart.backoffMax = random.oneOf(30_000L, 30_000L, 5000L, 1500L, 10L);
        restart.backoffReset = random.oneOf(10_000L, 10_000L, 10_000L, 0L, 1000L, 3000L);
        restart.limit = random.chance(80)
                ? RestartLimit.NONE
                : new RestartLimit(random.between(0, 4), random.oneOf(1000L, 20_000L, 60_000L));
        restart.onExit = action(20);
        restart.onFailedExit = action(15);
        restart.onFailed = action(oneshot ? 60 : 15);
        return restart.build();
    }

    private ContainerAction action(int percent) {
        return random.chance(percent) ? ContainerAction.STOP_CONTAINER : ContainerAction.IGNORE;
    }

    private StopPolicy stop(String name, boolean oneshot) {
        return new StopPolicy(
                random.oneOf(Signal.TERM, Signal.TERM, Signal.INT, Signal.QUIT, Signal.HUP),
                random.chance(15) ? command(name, Role.STOP) : null,
                random.oneOf(50L, 500L, 2000L, 5000L),
                random.chance(30),
                random.chance(70),
                oneshot && random.chance(40) ? command(name, Role.DOWN) : null);
    }

    static ProcessSettings process(List<ListenSocket> listen) {
        return ProcessSettings.PLAIN.withListen(listen);
    }
}
