package dev.pintle.init.core;

import dev.pintle.init.core.Dependencies.Edge;
import dev.pintle.init.core.Dependencies.Finding;
import dev.pintle.init.core.ServiceMachine.Detail;
import dev.pintle.layout.Layout;
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
    /** Whether what services wait for has changed since, and is to be looked at in the next turn, once for all such changes. */
    private boolean stale;

    private final Actions actions;
    private final ServiceMachine machine;
    private final ArrayDeque<Service> changed = new ArrayDeque<>();
    /** Those that may start, and wait for the next turn. */
    private final ArrayDeque<Service> held = new ArrayDeque<>();
    /** How many were launched in this turn. */
    private int launched;
    /** How many had to be killed because they were not down within their grace period. */
    private int killedLate;

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
        stale = false;
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

    /** How many services had to be killed so far, because they were not down within their own grace period. */
    int killedLate() {
        return killedLate;
    }

    /** A logger that is none of them was. */
    void noteKilledLate() {
        killedLate++;
    }

    /** Why a waiting service may not start so far; empty where it may. */
    String waitsFor(Service service) {
        return dependencies.examine(service).why();
    }

    /** Tells a service what has happened to it. */
    void fire(Service service, Trigger trigger, Detail detail, long now) {
        State before = service.state;
        boolean killed = service.killed;
        machine.fire(service, trigger, detail, now);
        if (trigger == Trigger.DEADLINE && service.killed && !killed) {
            killedLate++;
        }
        if (service.state == before) {
            return;
        }
        changed.add(service);
        if (service.takeOver()) {
            restartReaderOf(service, now);
            stale = true;
        }
        if (service.state == State.DONE || service.state == State.FAILED) {
            endListener.endedForGood(service, now);
        }
    }

    /** Whoever had to wait for a service by what it was may go on. */
    private void noteWaiting() {
        for (Service service : services.values()) {
            if (service.state == State.WAITING || service.stopQueued || service.leaving) {
                changed.add(service);
            }
        }
    }

    /** Something that others may wait for has changed, though its state has not. */
    void noteChange(Service service) {
        changed.add(service);
    }

    /** Starts services, and first what they depend on where that is not up or on its way up, or is about to go down. */
    void start(List<Service> wanted, long now) {
        for (Service service : dependencies.needsOf(wanted, true)) {
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

    /**
     * Runs services anew, and with them those that ask for it in depends_on; what else depends on them is left alone, and what
     * they depend on is not to go down.
     */
    void restart(List<Service> named, long now) {
        List<Service> wanted = dependencies.withRestarted(named);
        for (Service service : dependencies.needsOf(wanted, true)) {
            if (!service.wanted) {
                startOne(service, Trigger.START, now);
            }
        }
        for (Service service : wanted) {
            startOne(service, Trigger.RESTART, now);
        }
    }

    /** Whether another instance of a service runs: they may share a port. */
    boolean hasSibling(Service service) {
        for (Service other : services.values()) {
            boolean sibling =
                    other.definition().family().equals(service.definition().family());
            if (sibling && other != service && other.state.running()) {
                return true;
            }
        }
        return false;
    }

    /** The names of services, and of those that {@link #restart} restarts with them. */
    List<String> restartedWith(List<String> names) {
        List<String> restarted = new ArrayList<>();
        for (Service service : dependencies.withRestarted(named(names))) {
            restarted.add(service.name());
        }
        return restarted;
    }

    /** The names of what the named services depend on, directly or not, and what must not fail for them. */
    List<String> neededBy(List<String> names) {
        List<String> needed = new ArrayList<>();
        for (Service service : dependencies.needsOf(named(names), false)) {
            needed.add(service.name());
        }
        return needed;
    }

    private void startOne(Service service, Trigger trigger, long now) {
        if (service.leaving) {
            return;
        }
        // Where its stop was only queued, the table has nothing to do: it runs, and is wanted again; as what it is to
        // be.
        if (service.stopQueued) {
            service.stopQueued = false;
            service.resumeStart();
            // What it depends on may have waited for its stop with its own.
            noteChange(service);
        }
        service.wanted = true;
        boolean anew = service.outdated() && service.state.running();
        if (anew && readsFromOneOutdated(service)) {
            service.restartsAfterWriter = true;
            // If it ends before, it is to start as well, and not by its policy.
            service.startQueued = true;
            return;
        }
        fire(service, anew ? Trigger.RESTART : trigger, Detail.NONE, now);
    }

    /** Whether a logger or log service still has to read what a process of what its service was writes. */
    private boolean readsFromOneOutdated(Service service) {
        if (!service.name().endsWith(Layout.LOG)) {
            return false;
        }
        Service writer = services.get(Layout.writerOf(service.name()));
        return writer != null && writer.outdated();
    }

    /** No process of a service is there that is to be another: who reads what it writes may become another too. */
    void restartReaderOf(Service writer, long now) {
        Service reader = services.get(writer.name() + Layout.LOG);
        if (reader == null || !reader.restartsAfterWriter) {
            return;
        }
        reader.restartsAfterWriter = false;
        if (reader.startQueued && reader.state.running()) {
            fire(reader, Trigger.RESTART, Detail.NONE, now);
        }
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

    /** The names of those that depend on a service and run. */
    List<String> runningDependentsOf(Service service) {
        List<String> running = new ArrayList<>();
        for (Edge edge : dependencies.dependentsOf(service)) {
            if (edge.needs() && edge.dependent().state.running()) {
                running.add(edge.dependent().name());
            }
        }
        return running;
    }

    /** What a service depends on and what has failed, in words; empty where there is none. */
    String lostNeed(Service service) {
        return dependencies.lostNeed(service);
    }

    /** Stops all services, in the reverse of the order that they started in. */
    void stopAll(long now) {
        queueStop(services.values(), now);
    }

    /** Tells a service whose stop was held that it is time. */
    void release(Service service, long now) {
        service.stopHeld = false;
        advanceStop(service, now);
    }

    private void queueStop(Collection<Service> doomed, long now) {
        for (Service service : doomed) {
            service.stopQueued = true;
            service.startQueued = false;
            service.wanted = false;
            service.giveTimeToStart();
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

    /** Those of which something runs, by name and pid. */
    String namesOfActive() {
        List<String> names = new ArrayList<>();
        for (Service service : services.values()) {
            int pid = service.pid != 0 ? service.pid : service.group != 0 ? service.group : service.helperPid;
            if (pid != 0) {
                names.add(service.name() + (service.group != 0 ? " (process group " : " (pid ") + pid + ")");
            }
        }
        return Words.some(names);
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
            for (Edge edge : dependencies.dependentsOf(service)) {
                if (edge.concerns(service)) {
                    advanceStart(edge.dependent(), now);
                }
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
            stale = true;
            actions.add(new Action.Forget(service.name()));
        }
    }

    private void advanceStart(Service service, long now) {
        if (service.state != State.WAITING) {
            return;
        }
        Finding finding = dependencies.examine(service);
        service.blocker = finding.blocker();
        switch (finding.verdict()) {
            case MET -> launch(service, now);
            case LOST -> fire(service, Trigger.BLOCKED, Detail.ofText(finding.why()), now);
            case PENDING -> {}
        }
    }

    private void launch(Service service, long now) {
        if (launched < LAUNCHED_PER_TURN) {
            // To read files of variables may take as long as all else together.
            boolean reads =
                    !service.definition().process().environment().files().isEmpty();
            launched = reads ? LAUNCHED_PER_TURN : launched + 1;
            fire(service, Trigger.CLEARED, Detail.NONE, now);
        } else {
            held.add(service);
        }
    }

    /** Whether the next turn is due at once. */
    boolean holds() {
        return stale || !held.isEmpty();
    }

    /** Begins a turn: as many of those that were held as may be launched in it are looked at again, in their order. */
    void beginTurn() {
        if (stale) {
            edgesChanged();
            noteWaiting();
        }
        launched = 0;
        for (int i = 0; i < LAUNCHED_PER_TURN && !held.isEmpty(); i++) {
            changed.add(held.remove());
        }
    }

    private void advanceStop(Service service, long now) {
        boolean onItsWay = service.state == State.STOPPING || service.state == State.FINISHING;
        if (!service.stopQueued || service.stopHeld || onItsWay) {
            return;
        }
        // Edges that are out of date do not tell who still needs it: the next turn looks again.
        if (!service.active() || (!stale && !dependencies.neededByStopping(service))) {
            fire(service, Trigger.STOP, Detail.NONE, now);
            // It stays queued until it is down: those that it depends on wait for that.
            service.stopQueued = service.active();
        }
    }
}
