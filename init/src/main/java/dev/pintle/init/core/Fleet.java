package dev.pintle.init.core;

import dev.pintle.init.core.Dependencies.Finding;
import dev.pintle.init.core.ServiceMachine.Detail;
import dev.pintle.layout.ServiceDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All services together: starts and stops them in the order of their dependencies. What a change of one means for others
 * is queued, and followed up once the change is complete.
 */
final class Fleet {

    /** Hears of services that ended for good. */
    interface EndListener {
        /** A service is done, or has failed. */
        void endedForGood(Service service, long now);
    }

    /**
     * Launched in one turn: to make a process takes as long as to answer several users, and these are not to wait until a
     * thousand that crash in a loop have been started again.
     */
    static final int LAUNCHED_PER_TURN = 8;

    private final Map<String, Service> services = new LinkedHashMap<>();
    private Dependencies dependencies;
    private final Actions actions;
    private final ServiceMachine machine;
    private final ArrayDeque<Service> changed = new ArrayDeque<>();
    /** Those that may start, and wait for the next turn. */
    private final ArrayDeque<Service> held = new ArrayDeque<>();
    /** How many were launched in this turn. */
    private int launched;

    private EndListener endListener = (service, now) -> {};

    Fleet(List<ServiceDefinition> definitions, Actions actions) {
        for (ServiceDefinition definition : definitions) {
            services.put(definition.name(), new Service(definition));
        }
        dependencies = new Dependencies(services);
        this.actions = actions;
        machine = new ServiceMachine(actions);
    }

    void setEndListener(EndListener endListener) {
        this.endListener = endListener;
    }

    Collection<Service> all() {
        return services.values();
    }

    Map<String, Service> byName() {
        return services;
    }

    void add(Service service) {
        services.put(service.name(), service);
    }

    /** What services wait for has changed. */
    void edgesChanged() {
        dependencies = new Dependencies(services);
    }

    @Nullable
    Service find(String name) {
        return services.get(name);
    }

    /** The services of these names; a name that there is none of is left out. */
    List<Service> named(List<String> names) {
        List<Service> found = new ArrayList<>();
        for (String name : names) {
            Service service = services.get(name);
            if (service != null) {
                found.add(service);
            }
        }
        return found;
    }

    /** Why a waiting service may not start so far; empty where it may. */
    String waitsFor(Service service) {
        return dependencies.examine(service).why();
    }

    /** Tells a service what has happened to it. */
    void fire(Service service, Trigger trigger, Detail detail, long now) {
        State before = service.state;
        machine.fire(service, trigger, detail, now);
        if (service.state == before) {
            return;
        }
        changed.add(service);
        if (service.takeOver()) {
            edgesChanged();
            // Whoever had to wait for it by what it was may go on.
            changed.addAll(services.values());
        }
        if (service.state == State.DONE || service.state == State.FAILED) {
            endListener.endedForGood(service, now);
        }
    }

    /** Something that others may wait for has changed, though its state has not. */
    void noteChange(Service service) {
        changed.add(service);
    }

    /** Starts services, and first what they depend on where that is not up or on its way up, or is about to go down. */
    void start(List<Service> wanted, long now) {
        for (Service service : dependencies.needsOf(wanted)) {
            if (service.state.settled() || !service.wanted) {
                startOne(service, Trigger.START, now);
            }
        }
        for (Service service : wanted) {
            startOne(service, Trigger.START, now);
        }
    }

    /** Starts services where they do not run, to be down once they have ended. */
    void startOnce(List<Service> wanted, long now) {
        start(wanted, now);
        for (Service service : wanted) {
            service.wanted = false;
        }
    }

    /** Runs services anew; what depends on them is left alone, and what they depend on is not to go down. */
    void restart(List<Service> wanted, long now) {
        for (Service service : dependencies.needsOf(wanted)) {
            if (!service.wanted) {
                startOne(service, Trigger.START, now);
            }
        }
        for (Service service : wanted) {
            startOne(service, Trigger.RESTART, now);
        }
    }

    private void startOne(Service service, Trigger trigger, long now) {
        if (service.leaving) {
            return;
        }
        // Where its stop was only queued, the table has nothing to do: it runs, and is wanted again; as what it is to
        // be.
        service.stopQueued = false;
        service.wanted = true;
        boolean anew = service.outdated() && service.state.running();
        fire(service, anew ? Trigger.RESTART : trigger, Detail.NONE, now);
    }

    /**
     * Stops services, and first what depends on them; but the CMD only where it is named. It waits for all services at its
     * start, and needs none of them by its own word.
     */
    void stop(List<Service> unwanted, long now) {
        List<Service> doomed = dependencies.withDependents(unwanted);
        for (int i = unwanted.size(); i < doomed.size(); i++) {
            if (doomed.get(i).name().equals(Supervisor.MAIN)) {
                doomed.remove(i);
            }
        }
        queueStop(doomed, now);
    }

    /** Stops services alone, in the reverse of the order that they started in. */
    void stopJust(List<Service> unwanted, long now) {
        queueStop(unwanted, now);
    }

    /** The named services and all that depend on them, directly or not. */
    List<Service> withDependents(List<Service> named) {
        return dependencies.withDependents(named);
    }

    /** Stops all services, in the reverse of the order that they started in. */
    void stopAll(long now) {
        queueStop(services.values(), now);
    }

    private void queueStop(Collection<Service> doomed, long now) {
        for (Service service : doomed) {
            service.stopQueued = true;
            service.startQueued = false;
            service.wanted = false;
        }
        for (Service service : doomed) {
            advanceStop(service, now);
        }
    }

    /** Kills all services. */
    void killAll(long now) {
        for (Service service : services.values()) {
            service.stopQueued = false;
            fire(service, Trigger.KILL, Detail.NONE, now);
        }
    }

    /** Whether nothing runs, nor will by itself. */
    boolean allDown() {
        for (Service service : services.values()) {
            if (service.active() || !service.state.settled()) {
                return false;
            }
        }
        return true;
    }

    /** Carries out what follows from changes, until nothing does. */
    void followUp(long now) {
        for (Service service = changed.poll(); service != null; service = changed.poll()) {
            advanceStart(service, now);
            advanceStop(service, now);
            for (Service dependent : dependencies.dependentsOf(service)) {
                advanceStart(dependent, now);
            }
            if (!service.active()) {
                service.stopQueued = false;
            }
            if (service.leaving && service.state.settled() && !service.active()) {
                leave(service);
            }
            for (Service need : dependencies.directNeedsOf(service)) {
                advanceStop(need, now);
            }
        }
    }

    /** Those that it waited for, or that waited for it, have been looked at. */
    private void leave(Service service) {
        if (services.remove(service.name(), service)) {
            edgesChanged();
            actions.add(new Action.Forget(service.name()));
        }
    }

    private void advanceStart(Service service, long now) {
        if (service.state != State.WAITING) {
            return;
        }
        Finding finding = dependencies.examine(service);
        switch (finding.verdict()) {
            case MET -> launch(service, now);
            case LOST -> fire(service, Trigger.BLOCKED, Detail.ofText(finding.why()), now);
            case PENDING -> {}
        }
    }

    private void launch(Service service, long now) {
        if (launched < LAUNCHED_PER_TURN) {
            launched++;
            fire(service, Trigger.CLEARED, Detail.NONE, now);
        } else {
            held.add(service);
        }
    }

    /** Whether the next turn is due at once. */
    boolean holds() {
        return !held.isEmpty();
    }

    /** Begins a turn: as many of those that were held as may be launched in it are looked at again, in their order. */
    void beginTurn() {
        launched = 0;
        for (int i = 0; i < LAUNCHED_PER_TURN && !held.isEmpty(); i++) {
            changed.add(held.remove());
        }
    }

    private void advanceStop(Service service, long now) {
        boolean itsTurn = !service.active() || !dependencies.neededByStopping(service);
        boolean onItsWay = service.state == State.STOPPING || service.state == State.FINISHING;
        if (service.stopQueued && itsTurn && !onItsWay) {
            fire(service, Trigger.STOP, Detail.NONE, now);
            // It stays queued until it is down: those that it depends on wait for that.
            service.stopQueued = service.active();
        }
    }
}
