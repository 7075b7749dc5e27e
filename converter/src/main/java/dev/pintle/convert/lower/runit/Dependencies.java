package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.LegalName;
import dev.pintle.convert.lower.runit.RunPlan.Dependency;
import dev.pintle.convert.lower.runit.RunPlan.Line;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes dependencies of calls of {@code sv}. In runit they are no more than a script that waits, or fails and is run again
 * a second later; what is meant is an order, and that is what is written.
 */
final class Dependencies {

    private final Set<String> services;
    private final Map<String, Set<String>> edges = new HashMap<>();

    /** Takes the names of all services that there are. */
    Dependencies(Set<String> services) {
        this.services = services;
    }

    /**
     * What a service waits for, as the layout's lists.
     *
     * @param dependsOn without these it does not start
     * @param after     these are only started before
     * @param lines     what became of each call
     */
    record Resolved(List<String> dependsOn, List<String> after, List<Line> lines) {}

    /** One for each service that a call names. */
    static List<Dependency> of(SvCall call, ServiceFile file, Statement statement) {
        List<Dependency> dependencies = new ArrayList<>();
        for (String target : call.services()) {
            Line line = new Line(file, statement.start(), Labels.of(statement), fate(call, LegalName.of(target)));
            dependencies.add(new Dependency(target, call.hard(), call.starts(), line));
        }
        return dependencies;
    }

    private static Fate fate(SvCall call, String target) {
        if (!call.hard()) {
            return Fate.approximated(
                    "after = " + target
                            + ": it waits until that is started or has failed; the script waited for a limited"
                            + " time"
                            + (call.starts() ? ", and started it where it was down" : ""),
                    null);
        }
        return call.starts()
                ? Fate.changed("depends_on = " + target
                        + ": it is started too and waited for; the script failed after 7 seconds and was run again")
                : Fate.approximated(
                        "depends_on = " + target
                                + ": it is started too and waited for until it is up, and ready where it"
                                + " has a check; 'sv check' was content with a service that is down",
                        null);
    }

    /** Decides which of a service's dependencies can be written. Called once for each service, in order. */
    Resolved resolve(String service, List<Dependency> dependencies) {
        Set<String> hard = new LinkedHashSet<>();
        Set<String> soft = new LinkedHashSet<>();
        List<Line> lines = new ArrayList<>();
        for (Dependency dependency : dependencies) {
            String target = LegalName.of(dependency.target());
            Line line = dependency.line();
            Fate fate = line.fate();
            if (!services.contains(target)) {
                fate = Fate.notCarried(
                        "there is no service " + target + " among those that are converted; "
                                + (dependency.hard() ? "under runit the script failed for ever" : "the call failed"),
                        "convert " + target + " too, or make sure that the container has what it is waiting for");
            } else if (reaches(target, service)) {
                fate = Fate.notCarried(
                        target + " waits for " + service + " in turn, and a circle cannot be ordered",
                        "remove one of the two");
            } else {
                edges.computeIfAbsent(service, s -> new HashSet<>()).add(target);
                (dependency.hard() ? hard : soft).add(target);
            }
            lines.add(new Line(line.file(), line.offset(), line.label(), fate));
        }
        soft.removeAll(hard);
        return new Resolved(List.copyOf(hard), List.copyOf(soft), lines);
    }

    /** The longest chain of services that wait for each other; 1 where none does. */
    int depth() {
        Map<String, Integer> depths = new HashMap<>();
        int deepest = 1;
        for (boolean changed = true; changed; ) {
            changed = false;
            for (Map.Entry<String, Set<String>> edge : edges.entrySet()) {
                int longest = edge.getValue().stream()
                        .mapToInt(to -> depths.getOrDefault(to, 1))
                        .max()
                        .orElse(0);
                changed |= depths.getOrDefault(edge.getKey(), 1) < longest + 1;
                depths.merge(edge.getKey(), longest + 1, Math::max);
                deepest = Math.max(deepest, longest + 1);
            }
        }
        return deepest;
    }

    private boolean reaches(String from, String to) {
        Deque<String> left = new ArrayDeque<>(List.of(from));
        Set<String> seen = new HashSet<>();
        while (!left.isEmpty()) {
            String at = left.pop();
            if (at.equals(to)) {
                return true;
            }
            if (seen.add(at)) {
                left.addAll(edges.getOrDefault(at, Set.of()));
            }
        }
        return false;
    }
}
