package dev.pintle.init.core;

import dev.pintle.layout.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
            } else if (!definition.equals(service.latest())) {
                boolean restarts = runs(service) && needsNewProcess(service.latest(), definition);
                (restarts ? change.restarted : change.updated).add(service.name());
            }
        }
        for (String name : definitions.keySet()) {
            if (!services.containsKey(name)) {
                change.added.add(name);
            }
        }
        return change;
    }

    private static boolean runs(Service service) {
        return service.wanted && (service.state.running() || service.state == State.FINISHING);
    }

    /** Whether a process of what a service is to be differs from one of what it was. */
    static boolean needsNewProcess(ServiceDefinition old, ServiceDefinition definition) {
        return old.type() != definition.type()
                || !old.command().equals(definition.command())
                || !old.process().equals(definition.process())
                || old.readiness().kind() != definition.readiness().kind()
                || old.readiness().fd() != definition.readiness().fd()
                || !old.readiness().detail().equals(definition.readiness().detail());
    }
}
