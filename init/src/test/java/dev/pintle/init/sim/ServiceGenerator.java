package dev.pintle.init.sim;

import dev.pintle.init.core.Role;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ExitCodes;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ProcessSettings.Output;
import dev.pintle.layout.ProcessSettings.Stdin;
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
import java.util.Map;
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
        return new ServiceDefinition(
                name,
                name,
                List.of(),
                "/svc/" + name,
                oneshot ? ServiceDefinition.Type.ONESHOT : ServiceDefinition.Type.SERVICE,
                oneshot && random.chance(15) ? List.of() : command(name, Role.RUN),
                random.chance(88),
                dependsOn,
                after,
                readiness(name, oneshot, healthcheck),
                restart(oneshot),
                stop(name, oneshot),
                new Reload(Signal.HUP, random.chance(50) ? command(name, Role.RELOAD) : null),
                random.chance(20) ? World.program(name, Role.FINISH) : null,
                healthcheck,
                process(random.chance(10) ? List.of(socket(name)) : List.of(), -1));
    }

    /** The log service of a service. */
    ServiceDefinition log(String writer) {
        String name = writer + Layout.LOG;
        ProcessSettings process = process(List.of(), -1);
        return new ServiceDefinition(
                name,
                name,
                List.of(),
                "/svc/" + name,
                ServiceDefinition.Type.SERVICE,
                command(name, Role.RUN),
                random.chance(88),
                List.of(),
                List.of(),
                new Readiness(random.oneOf(Kind.STARTED, Kind.FD), "", 3, 0),
                restart(false),
                stop(name, false),
                new Reload(Signal.HUP, null),
                random.chance(20) ? World.program(name, Role.FINISH) : null,
                null,
                process.withStreams(Stdin.LOG, process.stdout(), process.stderr()));
    }

    /** A service with its log service, which reads what it writes. */
    static ServiceDefinition withLog(ServiceDefinition service) {
        List<Dependency> dependsOn = new ArrayList<>(service.dependsOn());
        dependsOn.add(new Dependency(service.name() + Layout.LOG, Condition.STARTED));
        return writing(Output.of(Output.To.LOG_SERVICE), service.withEdges(dependsOn, service.after()));
    }

    /** The same without a log service. */
    static ServiceDefinition withoutLog(ServiceDefinition service) {
        List<Dependency> dependsOn = service.dependsOn().stream()
                .filter(dependency -> !dependency.service().equals(service.name() + Layout.LOG))
                .toList();
        return writing(Output.INHERIT, service.withEdges(dependsOn, service.after()));
    }

    private static ServiceDefinition writing(Output output, ServiceDefinition service) {
        ProcessSettings process = service.process();
        return service.withProcess(process.withStreams(process.stdin(), output, process.stderr()));
    }

    /** The same process under other rules. */
    ServiceDefinition withOtherRules(ServiceDefinition s) {
        boolean oneshot = s.type() == ServiceDefinition.Type.ONESHOT;
        return new ServiceDefinition(
                s.name(),
                s.family(),
                s.groups(),
                s.directory(),
                s.type(),
                s.command(),
                s.autostart(),
                s.dependsOn(),
                s.after(),
                s.readiness(),
                restart(oneshot),
                stop(s.name(), oneshot),
                s.reload(),
                s.finish(),
                s.healthcheck(),
                s.process());
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
        return new ServiceDefinition(
                "main",
                "main",
                List.of(),
                "",
                ServiceDefinition.Type.SERVICE,
                command("main", Role.RUN),
                true,
                dependsOn,
                List.of(),
                new Readiness(Kind.STARTED, "", -1, 0),
                new RestartPolicy(
                        Policy.NO,
                        ExitCodes.ZERO,
                        0,
                        false,
                        0,
                        0,
                        Backoff.NONE,
                        0,
                        10_000,
                        RestartLimit.NONE,
                        ContainerAction.STOP_CONTAINER,
                        ContainerAction.STOP_CONTAINER,
                        ContainerAction.STOP_CONTAINER),
                new StopPolicy(Signal.TERM, null, 3000, false, true, null),
                new Reload(Signal.HUP, null),
                null,
                null,
                process(List.of(), -1));
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
        return new RestartPolicy(
                random.oneOf(Policy.ALWAYS, Policy.ALWAYS, Policy.ON_FAILURE, Policy.ON_SUCCESS, Policy.NO),
                random.chance(80) ? ExitCodes.ZERO : new ExitCodes(List.of(0, 3), List.of(Signal.TERM)),
                random.oneOf(0L, 1000L, 1000L, 2000L),
                random.chance(30),
                random.oneOf(-1, -1, 0, 1, 3),
                random.oneOf(0L, 0L, 500L, 3000L),
                random.oneOf(Backoff.values()),
                random.oneOf(30_000L, 30_000L, 5000L, 1500L, 10L),
                random.oneOf(10_000L, 10_000L, 10_000L, 0L, 1000L, 3000L),
                random.chance(80)
                        ? RestartLimit.NONE
                        : new RestartLimit(random.between(0, 4), random.oneOf(1000L, 20_000L, 60_000L)),
                action(20),
                action(15),
                action(oneshot ? 60 : 15));
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

    static ProcessSettings process(List<ListenSocket> listen, int umask) {
        return new ProcessSettings(
                null,
                null,
                false,
                null,
                List.of(),
                umask,
                ProcessSettings.INHERITED,
                ProcessSettings.INHERITED,
                false,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                false,
                CapabilityChange.NONE,
                listen,
                Stdin.NULL,
                Output.INHERIT,
                Output.INHERIT);
    }
}
