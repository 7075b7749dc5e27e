package dev.pintle.init.core;

import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waits for whom: what may start, and what must stop first. */
final class Dependencies {

    /**
     * A verdict with its reason.
     *
     * @param why     names what is waited for or lost; empty for MET
     * @param blocker what is waited for first; null where nothing is
     */
    record Finding(Verdict verdict, String why, @Nullable Service blocker) {
        static final Finding MET = new Finding(Verdict.MET, "", null);
    }

    /**
     * That a service waits for another one.
     *
     * @param dependency how; null for {@code after}
     */
    record Edge(Service dependent, @Nullable Dependency dependency) {

        /**
         * Whether a change of what is waited for lets the dependent start, or keeps it from starting for good, as far as that can be
         * told from the two alone: each of a hundred may wait for each of a hundred others.
         */
        boolean concerns(Service changed) {
            boolean blocks = dependent.blocker == changed;
            if (dependent.state != State.WAITING || dependency == null) {
                return dependent.state == State.WAITING && blocks;
            }
            Verdict verdict = verdict(changed, dependency.condition());
            return blocks ? verdict != Verdict.PENDING : verdict == Verdict.LOST && !dependency.optional();
        }

        /**
         * Whether a dependent that runs has lost what it needs when the other one has failed. Where it waited only for an end, it does
         * not matter how that came.
         */
        boolean needs() {
            return dependency != null && needsToLast(dependency);
        }

        private boolean restarts(Service service) {
            return dependent.outdated()
                    ? restartsWith(dependent.latest(), service.name())
                    : dependency != null && dependency.restart();
        }
    }

    private final Map<String, Service> services;
    /** By the name of a service: those that wait for it, by {@code depends_on} or {@code after}. */
    private final Map<String, List<Edge>> dependents = new HashMap<>();

    Dependencies(Map<String, Service> services) {
        this.services = services;
        for (Service service : services.values()) {
            for (Dependency dependency : service.definition().dependsOn()) {
                addDependent(dependency.service(), new Edge(service, dependency));
            }
            for (String name : service.definition().after()) {
                addDependent(name, new Edge(service, null));
            }
        }
    }

    private void addDependent(String name, Edge edge) {
        dependents.computeIfAbsent(name, unused -> new ArrayList<>()).add(edge);
    }

    /** Those that wait for {@code service} by either key, or by both. */
    List<Edge> dependentsOf(Service service) {
        return dependents.getOrDefault(service.name(), List.of());
    }

    /** What {@code service} waits for by either key. */
    List<Service> directNeedsOf(Service service) {
        List<Service> needs = new ArrayList<>();
        for (Dependency dependency : service.definition().dependsOn()) {
            addIfThere(needs, dependency.service());
        }
        for (String name : service.definition().after()) {
            addIfThere(needs, name);
        }
        return needs;
    }

    private void addIfThere(List<Service> list, String name) {
        Service service = services.get(name);
        if (service != null) {
            list.add(service);
        }
    }

    /** Whether a waiting service may start. */
    Finding examine(Service service) {
        Finding pending = Finding.MET;
        for (Dependency dependency : service.definition().dependsOn()) {
            Service other = services.get(dependency.service());
            if (other == null && dependency.optional()) {
                continue;
            }
            if (other == null) {
                return new Finding(Verdict.LOST, "there is no service " + dependency.service(), null);
            }
            Verdict verdict = verdict(other, dependency.condition());
            if (verdict == Verdict.LOST && !dependency.optional()) {
                return new Finding(Verdict.LOST, lost(other, dependency.condition()), null);
            }
            if (verdict == Verdict.PENDING && pending.verdict() == Verdict.MET) {
                pending = new Finding(
                        Verdict.PENDING,
                        "waits for " + other.name() + " to be "
                                + dependency.condition().text() + hindrance(other),
                        other);
            }
        }
        if (pending.verdict() == Verdict.PENDING) {
            return pending;
        }
        for (String name : service.definition().after()) {
            Service other = services.get(name);
            if (other != null && !hasHadItsTurn(other)) {
                return new Finding(Verdict.PENDING, "waits for " + name + " to start", other);
            }
        }
        return Finding.MET;
    }

    /** Why what is waited for does not come soon, where that is known. */
    private static String hindrance(Service other) {
        boolean fails = other.state == State.BACKOFF && other.reason != null && !other.restsBetweenRuns();
        return fails || other.state == State.DOWN
                ? " (it " + other.state.phrase() + (fails ? ": " + other.reason : "") + ")"
                : "";
    }

    /** Whether a service has reached a condition. A job that runs now and then is as ready between its runs as it can be. */
    static Verdict verdict(Service other, Condition condition) {
        State state = other.state;
        if (other.restsBetweenRuns() && (condition == Condition.STARTED || condition == Condition.READY)) {
            return Verdict.MET;
        }
        return switch (condition) {
            case STARTED -> {
                boolean started = state == State.UP || state == State.READY || state == State.DONE;
                yield started ? Verdict.MET : unless(state == State.FAILED);
            }
            case READY -> {
                boolean ready = state == State.READY || (state == State.DONE && (other.oneshot() || other.cameUp));
                yield ready ? Verdict.MET : unless(state == State.FAILED || state == State.DONE);
            }
            case HEALTHY -> {
                boolean healthy = state == State.READY && other.health.state() == HealthState.HEALTHY;
                yield healthy ? Verdict.MET : unless(state == State.FAILED || state == State.DONE);
            }
            case COMPLETED -> {
                boolean completed = state == State.DONE && other.succeeded();
                yield completed ? Verdict.MET : unless(state == State.FAILED || state == State.DONE);
            }
            case FINISHED -> state == State.DONE || state == State.FAILED ? Verdict.MET : Verdict.PENDING;
        };
    }

    private static Verdict unless(boolean lost) {
        return lost ? Verdict.LOST : Verdict.PENDING;
    }

    /** What a service that runs depends on and has lost, in words. What only had to end cannot be lost, however it ended. */
    String lostNeed(Service service) {
        for (Dependency dependency : service.definition().dependsOn()) {
            Service other = services.get(dependency.service());
            if (other != null && needsToLast(dependency) && other.state == State.FAILED) {
                return "depends on " + other.name() + ", which has failed";
            }
        }
        return "";
    }

    private static boolean needsToLast(Dependency dependency) {
        return dependency.condition() != Condition.FINISHED && !dependency.optional();
    }

    /** For {@code after}: it has been started, or has failed, or is not meant to run. A oneshot has its turn until it ends. */
    private static boolean hasHadItsTurn(Service other) {
        return switch (other.state) {
            case READY, BACKOFF, FAILED, DONE, DOWN, FINISHING, STOPPING -> true;
            case UP -> !other.oneshot();
            case WAITING, STARTING -> false;
        };
    }

    private static String lost(Service other, Condition condition) {
        String how = other.state == State.FAILED ? " has failed" : " has ended";
        return "it needs " + other.name() + " to be " + condition.text() + ", which" + how;
    }

    /** Whether a service that is to go down must wait, because one that is to go down, or is about to, still needs it. */
    boolean neededByStopping(Service service) {
        for (Edge edge : dependentsOf(service)) {
            Service dependent = edge.dependent();
            boolean goingDown = dependent.state == State.STOPPING || dependent.state == State.FINISHING;
            if (dependent.active() && (dependent.stopQueued || goingDown)) {
                return true;
            }
        }
        return false;
    }

    /** The named services and all that depend on them, directly or not. */
    List<Service> withDependents(List<Service> named) {
        List<Service> closure = new ArrayList<>(named);
        Map<String, Boolean> seen = new HashMap<>();
        for (Service service : named) {
            seen.put(service.name(), true);
        }
        for (int i = 0; i < closure.size(); i++) {
            Service service = closure.get(i);
            for (Edge edge : dependentsOf(service)) {
                if (edge.dependency() != null && seen.put(edge.dependent().name(), true) == null) {
                    closure.add(edge.dependent());
                }
            }
        }
        return closure;
    }

    /** The named services, and those that run and are to be restarted with them, directly or not. */
    List<Service> withRestarted(List<Service> named) {
        List<Service> closure = new ArrayList<>(named);
        Map<String, Boolean> seen = new HashMap<>();
        for (Service service : named) {
            seen.put(service.name(), true);
        }
        for (int i = 0; i < closure.size(); i++) {
            Service service = closure.get(i);
            for (Edge edge : dependentsOf(service)) {
                Service dependent = edge.dependent();
                boolean follows = dependent.state.running() && edge.restarts(service);
                if (follows && seen.put(dependent.name(), true) == null) {
                    closure.add(dependent);
                }
            }
        }
        return closure;
    }

    /** Whether a service is to be restarted with another one. */
    static boolean restartsWith(ServiceDefinition dependent, String service) {
        for (Dependency dependency : dependent.dependsOn()) {
            if (dependency.restart() && dependency.service().equals(service)) {
                return true;
            }
        }
        return false;
    }

    /** What the named services depend on, directly or not, without the named ones; all of it, or what must not fail. */
    List<Service> needsOf(List<Service> named, boolean all) {
        List<Service> closure = new ArrayList<>(named);
        Map<String, Boolean> seen = new HashMap<>();
        for (Service service : named) {
            seen.put(service.name(), true);
        }
        for (int i = 0; i < closure.size(); i++) {
            // What is about to be restarted needs what its next start will.
            for (Dependency dependency : closure.get(i).latest().dependsOn()) {
                Service other = services.get(dependency.service());
                boolean needed = all || needsToLast(dependency);
                if (other != null && needed && seen.put(other.name(), true) == null) {
                    closure.add(other);
                }
            }
        }
        return new ArrayList<>(closure.subList(named.size(), closure.size()));
    }
}
