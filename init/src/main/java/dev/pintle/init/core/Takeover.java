package dev.pintle.init.core;

import dev.pintle.layout.ServiceDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The step from one layout to the next: what is the same in both is left alone. Settings that concern no process apply at
 * once; a process that is to be another is stopped by the rules that it was started under, and started by the new ones.
 */
final class Takeover {
    private final Fleet fleet;
    private final Map<String, ServiceDefinition> definitions = new LinkedHashMap<>();
    /** To be brought up: what is new, and what runs or has failed and is to be another. */
    private final List<Service> starting = new ArrayList<>();

    private final List<Service> leaving = new ArrayList<>();

    Takeover(Fleet fleet, List<ServiceDefinition> definitions) {
        this.fleet = fleet;
        for (ServiceDefinition definition : definitions) {
            this.definitions.put(definition.name(), definition);
        }
    }

    /** What it would change. */
    LayoutChange change() {
        return LayoutChange.between(fleet.byName(), definitions);
    }

    /** Carries it out. */
    void carryOut(long now) {
        List<String> restarted = change().restarted();
        for (ServiceDefinition definition : definitions.values()) {
            Service service = fleet.find(definition.name());
            if (service == null) {
                add(definition);
            } else {
                change(service, definition);
            }
        }
        for (Service service : fleet.all()) {
            if (!definitions.containsKey(service.name())) {
                service.leaving = true;
                leaving.add(service);
            }
        }
        fleet.edgesChanged();
        addBlocked();
        // Before what leaves is stopped: that has to wait for what depends on it still, and is to be another.
        fleet.start(starting, now);
        List<Service> again = fleet.named(restarted);
        // Those whose own process is to be another are on their way already.
        again.removeIf(service -> !service.state.running() || service.outdated());
        fleet.restart(again, now);
        fleet.stopJust(leaving, now);
        for (Service service : fleet.all()) {
            fleet.noteChange(service);
            // It may be again what it was, and then nothing else tells who waits for it to become another.
            if (!service.outdated()) {
                fleet.restartReaderOf(service, now);
            }
        }
    }

    private void add(ServiceDefinition definition) {
        Service service = new Service(definition);
        fleet.add(service);
        if (definition.autostart()) {
            starting.add(service);
        }
    }

    private void change(Service service, ServiceDefinition definition) {
        ServiceDefinition before = service.latest();
        boolean newProcess = LayoutChange.needsNewProcess(before, definition);
        // It had left and is back, or had waited to be asked for and need not any more.
        boolean autostartsNow = definition.autostart() && (service.leaving || !before.autostart());
        service.leaving = false;
        service.become(definition);
        if (autostartsNow && !service.wanted) {
            starting.add(service);
        } else if (newProcess && service.wanted && LayoutChange.isUndone(before, service.state, definition)) {
            starting.add(service);
        }
    }

    /** Whatever was given up only because of a dependency that now starts is tried again. */
    private void addBlocked() {
        List<Service> dependents = fleet.withDependents(starting);
        for (Service service : dependents) {
            if (service.blocked && service.state == State.FAILED && service.wanted && !service.leaving) {
                starting.add(service);
            }
        }
    }
}
