package dev.pintle.init.core;

import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a new layout changes, by the names of services.
 *
 * @param added     those that it has and the old one had not
 * @param removed   those that it has no more
 * @param restarted those that run, and whose processes are to be others
 * @param updated   those that take on their new settings as they are
 */
public record LayoutChange(List<String> added, List<String> removed, List<String> restarted, List<String> updated) {

    private LayoutChange() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Whether it changes no service. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && restarted.isEmpty() && updated.isEmpty();
    }

    /** Compares what there is with what there is to be, both by name. */
    static LayoutChange between(Map<String, Service> services, Map<String, ServiceDefinition> definitions) {
        LayoutChange change = new LayoutChange();
        for (Service service : services.values()) {
            ServiceDefinition definition = definitions.get(service.name());
            if (definition == null) {
                change.removed.add(service.name());
            } else if (!Objects.equals(definition, service.latest())) {
                boolean restarts = runs(service, definition) && needsNewProcess(service.latest(), definition);
                (restarts ? change.restarted : change.updated).add(service.name());
            }
        }
        change.addFollowers(services, definitions);
        for (String name : definitions.keySet()) {
            if (!services.containsKey(name)) {
                change.added.add(name);
            }
        }
        return change;
    }

    /** Adds those that are to be restarted with one that is. */
    private void addFollowers(Map<String, Service> services, Map<String, ServiceDefinition> definitions) {
        if (restarted.isEmpty()) {
            return;
        }
        Map<String, List<String>> followers = followers(services, definitions);
        Set<String> all = new HashSet<>(restarted);
        for (int i = 0; i < restarted.size(); i++) {
            for (String follower : followers.getOrDefault(restarted.get(i), List.of())) {
                if (all.add(follower)) {
                    restarted.add(follower);
                }
            }
        }
        updated.removeIf(all::contains);
    }

    /** By the name of a service: those that run, and are to be restarted with it. */
    private static Map<String, List<String>> followers(
            Map<String, Service> services, Map<String, ServiceDefinition> definitions) {
        Map<String, List<String>> followers = new HashMap<>();
        for (Service service : services.values()) {
            ServiceDefinition definition = definitions.get(service.name());
            if (definition == null || !service.state.running() || !service.wanted) {
                continue;
            }
            for (Dependency dependency : definition.dependsOn()) {
                if (dependency.restart()) {
                    followers
                            .computeIfAbsent(dependency.service(), unused -> new ArrayList<>())
                            .add(service.name());
                }
            }
        }
        return followers;
    }

    private static boolean runs(Service service, ServiceDefinition definition) {
        State state = service.state;
        boolean runs = state.running() || state == State.FINISHING || state == State.DONE;
        return runs && service.wanted && isUndone(service.latest(), state, definition);
    }

    /** What has done its work stays as it is; a oneshot that has become a service is to run on. */
    static boolean isUndone(ServiceDefinition old, State state, ServiceDefinition definition) {
        boolean runsOn =
                old.type() == ServiceDefinition.Type.ONESHOT && definition.type() == ServiceDefinition.Type.SERVICE;
        return state != State.DONE || runsOn;
    }

    /** Whether a process of what a service is to be differs from one of what it was. */
    static boolean needsNewProcess(ServiceDefinition old, ServiceDefinition definition) {
        return old.type() != definition.type()
                || !Objects.equals(old.command(), definition.command())
                || !process(old).equals(process(definition))
                || old.readiness().kind() != definition.readiness().kind()
                || old.readiness().fd() != definition.readiness().fd()
                || !old.readiness().detail().equals(definition.readiness().detail());
    }

    /** What becomes of its lines in a logger is that one's affair, and in its command. */
    private static ProcessSettings process(ServiceDefinition definition) {
        ProcessSettings process = definition.process();
        Streams streams = process.streams();
        return process.with(new Streams(streams.input(), pipe(streams.output()), pipe(streams.error())));
    }

    private static Output pipe(Output output) {
        return output instanceof Output.ToLogger ? new Output.ToLogger(List.of()) : output;
    }
}
