package dev.pintle.init.sim;

import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.FileSettings;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes of a layout what somebody might edit it into: services come, go, run otherwise or follow other rules. */
final class LayoutMutator {
    private static final int MOST_SERVICES = 8;

    private final SplitMix64 random;
    private final ServiceGenerator generator;

    LayoutMutator(SplitMix64 random) {
        this.random = random;
        generator = new ServiceGenerator(random);
    }

    Layout mutate(Layout layout) {
        ContainerSettings container = layout.container();
        List<ServiceDefinition> old = new ArrayList<>(layout.services());
        old.sort(Comparator.comparing(ServiceDefinition::name));
        List<ServiceDefinition> made = new ArrayList<>();
        boolean main = false;
        for (ServiceDefinition service : old) {
            main |= service.name().equals("main");
            boolean needed = service.name().equals(container.exitCodeFrom())
                    || (service.name() + Layout.LOG).equals(container.exitCodeFrom());
            boolean log = service.name().endsWith(Layout.LOG);
            if (!service.name().equals("main") && !log && (needed || random.chance(85))) {
                made.add(edited(ServiceGenerator.withoutLog(service), made));
            }
        }
        // The generator's names are letters in the order in which one may depend on another.
        for (char name = 'a'; name < 'a' + MOST_SERVICES; name++) {
            if (random.chance(10) && !names(made).contains(String.valueOf(name))) {
                made.add(generator.make(String.valueOf(name), before(name, made)));
            }
        }
        List<ServiceDefinition> all = withLogs(made, old, container.exitCodeFrom());
        if (main || all.isEmpty()) {
            all.add(ServiceGenerator.main(all));
        }
        return new Layout(container, all);
    }

    /** Log services mostly stay as they are; some come, go, or become others. */
    private List<ServiceDefinition> withLogs(
            List<ServiceDefinition> made, List<ServiceDefinition> old, @Nullable String needed) {
        List<ServiceDefinition> all = new ArrayList<>();
        for (ServiceDefinition service : made) {
            String log = service.name() + Layout.LOG;
            ServiceDefinition before = old.stream()
                    .filter(other -> other.name().equals(log))
                    .findFirst()
                    .orElse(null);
            if (!log.equals(needed) && !random.chance(before == null ? 3 : 85)) {
                all.add(service);
                continue;
            }
            all.add(before != null && random.chance(70) ? before : generator.log(service.name()));
            all.add(ServiceGenerator.withLog(service));
        }
        return all;
    }

    private static List<ServiceDefinition> before(char name, List<ServiceDefinition> services) {
        return services.stream()
                .filter(service -> service.name().charAt(0) < name)
                .toList();
    }

    private static Set<String> names(List<ServiceDefinition> services) {
        Set<String> names = new HashSet<>();
        services.forEach(service -> names.add(service.name()));
        return names;
    }

    private ServiceDefinition edited(ServiceDefinition service, List<ServiceDefinition> earlier) {
        ServiceDefinition kept = service;
        if (random.chance(20)) {
            kept = generator.make(service.name(), earlier);
        } else if (random.chance(20)) {
            kept = generator.withOtherRules(service);
        } else if (random.chance(25)) {
            kept = service.withProcess(otherProcess(service.process()));
        }
        // What is not there any more cannot be depended on.
        Set<String> there = names(earlier);
        List<Dependency> dependsOn = kept.dependsOn().stream()
                .filter(dependency -> there.contains(dependency.service()) && sameNature(dependency, earlier))
                .toList();
        List<String> after = kept.after().stream().filter(there::contains).toList();
        return kept.withEdges(dependsOn, after);
    }

    /** A service may have become a oneshot, or lost its health check, and cannot reach what was asked of it. */
    private static boolean sameNature(Dependency dependency, List<ServiceDefinition> earlier) {
        return dependency.condition() != ServiceDefinition.Condition.HEALTHY
                || earlier.stream()
                        .anyMatch(other -> other.name().equals(dependency.service()) && other.healthcheck() != null);
    }

    private ProcessSettings otherProcess(ProcessSettings process) {
        return ServiceGenerator.process(process.listen()).with(new FileSettings(null, List.of(), random.below(8)));
    }
}
