package dev.pintle.layout.parse;

import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import dev.pintle.layout.ServiceDefinition.Readiness;
import dev.pintle.layout.ServiceDefinition.RestartPolicy;
import dev.pintle.layout.text.Budget;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.IpAddress;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.layout.text.Nearest;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All services by name, and what waits for what: resolves names, expands families, finds cycles. */
final class Graph {

    /** The default, which is said of nobody: it is cut off with the rest. */
    private static final long USUAL_GRACE = 5_000;

    /** Each takes a look at every name. */
    private static final int MOST_HINTS = 20;

    private final Diagnostics diagnostics;
    private int hints;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, List<String>> families = new LinkedHashMap<>();
    /** Directories without a service: not enabled, or reported. */
    private final Set<String> disabled;

    private final Set<String> broken;

    Graph(Collection<Draft> services, Set<String> disabled, Set<String> broken, Diagnostics diagnostics) {
        this.disabled = disabled;
        this.broken = broken;
        this.diagnostics = diagnostics;
        for (Draft draft : services) {
            ServiceDefinition service = draft.service();
            Draft other = drafts.put(service.name(), draft);
            if (other != null) {
                diagnostics.error(
                        Position.of(service.directory()),
                        "duplicate-name",
                        "name two services " + service.name(),
                        other.service().directory() + " makes one too",
                        "rename one of the directories");
            }
            families.computeIfAbsent(service.family(), name -> new ArrayList<>())
                    .add(service.name());
        }
    }

    /** The other way round: who is named depends on who names it. */
    private void addBefore(String name, Settings.Item item) {
        List<String> targets = resolve(item.text());
        if (targets.isEmpty()) {
            warnOfUnknown(item.text(), "come before", item.position());
        }
        for (String target : targets) {
            Draft draft = drafts.get(target);
            if (draft != null) {
                draft.edges().add(new Draft.Edge(name, null, true, item.position()));
            }
        }
    }

    /** No services at all. */
    static Graph empty() {
        return new Graph(List.of(), Set.of(), Set.of(), new Diagnostics());
    }

    /** The services that a name means: one, or the instances of a family; empty where there is none. */
    List<String> resolve(String name) {
        return drafts.containsKey(name) ? List.of(name) : families.getOrDefault(name, List.of());
    }

    /** Reports that {@link #resolve} found nothing; {@code verb} is what cannot be done to the name. */
    void reportUnknown(String name, String verb, Position position) {
        if (broken.contains(name)) {
            return;
        }
        if (name.equals("main")) {
            diagnostics.error(
                    position,
                    "unknown-service",
                    verb + " main",
                    "the container's command comes after all services",
                    null);
        } else if (disabled.contains(name)) {
            diagnostics.error(
                    position,
                    "disabled-service",
                    verb + " " + name,
                    "it is not enabled",
                    "enable it, or use after for order alone");
        } else {
            diagnostics.error(
                    position, "unknown-service", verb + " " + name, "there is no such service", nearest(name));
        }
    }

    /** Counts the edges, which families multiply, before any is made. */
    private void count(Budget budget) {
        for (Draft draft : drafts.values()) {
            for (Draft.Edge edge : draft.edges()) {
                count(edge.target(), edge.position(), budget);
            }
            for (Settings.Item item : draft.before()) {
                count(item.text(), item.position(), budget);
            }
        }
    }

    private void count(String name, Position position, Budget budget) {
        budget.addEdges(Math.max(1, resolve(name).size()), position, diagnostics);
    }

    /** What may be missing is perhaps only misspelt. */
    private void warnOfUnknown(String name, String verb, Position position) {
        String hint = nearest(name);
        if (hint != null && !broken.contains(name) && !disabled.contains(name)) {
            String cause = "there is no such service";
            diagnostics.warning(position, "unknown-service", verb + " " + name, cause, hint);
        }
    }

    private @Nullable String nearest(String name) {
        if (++hints > MOST_HINTS) {
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        for (String each : families.keySet()) {
            names.add(each);
        }
        for (String each : drafts.keySet()) {
            names.add(each);
        }
        return Nearest.didYouMean(name, new ArrayList<>(names));
    }

    /** The services with their edges, where all of them resolve; else what is wrong is reported. */
    List<ServiceDefinition> link(Budget budget) {
        count(budget);
        for (Draft draft : drafts.values()) {
            for (Settings.Item item : draft.before()) {
                addBefore(draft.service().name(), item);
            }
        }
        List<ServiceDefinition> linked = new ArrayList<>();
        for (Draft draft : drafts.values()) {
            List<Dependency> dependsOn = new ArrayList<>();
            Set<String> known = new HashSet<>();
            Set<String> after = new LinkedHashSet<>();
            for (Draft.Edge edge : draft.edges()) {
                List<String> targets = resolve(edge.target());
                if (!edge.hard() && targets.isEmpty()) {
                    warnOfUnknown(edge.target(), "start after", edge.position());
                } else if (!edge.hard()) {
                    // Not addAll: in the native binary that brings the equals of every class that stands in any list.
                    for (String target : targets) {
                        after.add(target);
                    }
                } else if (targets.isEmpty() && edge.optional()) {
                    warnOfUnknown(edge.target(), "depend on", edge.position());
                } else if (targets.isEmpty()) {
                    reportUnknown(edge.target(), "depend on", edge.position());
                }
                for (String target : edge.hard() ? targets : List.<String>of()) {
                    Condition condition = condition(edge, target);
                    if (known.add(condition.text() + " " + target)) {
                        dependsOn.add(new Dependency(target, condition, edge.optional(), edge.restart()));
                    }
                }
            }
            linked.add(draft.service().withEdges(List.copyOf(dependsOn), List.copyOf(after)));
        }
        return linked;
    }

    /** Reports cycles, and sockets, ports and files that several services name. */
    void check() {
        new Cycles().find();
        checkSockets();
        checkReadiness();
        new OutputFiles(diagnostics).check(drafts.values());
    }

    /** A socket is one family's: another could not make it a second time, nor one of its port at every address. */
    private void checkSockets() {
        Map<String, ServiceDefinition> owners = new LinkedHashMap<>();
        for (Draft draft : drafts.values()) {
            ServiceDefinition service = draft.service();
            for (ListenSocket socket : service.process().listen()) {
                ServiceDefinition owner = claim(socket, service, owners);
                if (owner != null
                        && (owner.name().equals(service.name())
                                || !owner.family().equals(service.family()))) {
                    diagnostics.error(
                            draft.listen(),
                            "duplicate-socket",
                            "listen on " + socket.text(),
                            owner.family() + " listens there too",
                            "give one of them another address");
                }
            }
        }
    }

    /** Who has a socket already, or one that leaves no room for it; null for nobody, and then it is this service's. */
    private static @Nullable ServiceDefinition claim(
            ListenSocket socket, ServiceDefinition service, Map<String, ServiceDefinition> owners) {
        ServiceDefinition same = owners.putIfAbsent(socket.text(), service);
        if (socket.unix()) {
            return same;
        }
        String port = "/" + socket.port();
        String everywhere = "every" + port;
        boolean every = isEveryAddress(socket.host());
        ServiceDefinition other = owners.get(every ? port : everywhere);
        owners.putIfAbsent(port, service);
        if (every) {
            owners.putIfAbsent(everywhere, service);
        }
        return same != null ? same : other;
    }

    private static boolean isEveryAddress(String host) {
        byte[] address = IpAddress.parse(host);
        for (int i = 0; address != null && i < address.length; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Says which services could never have the grace period that they ask for. What [defaults] asks for is said once.
     *
     * @param whole what the whole stop has, in milliseconds
     * @param delay what of it passes before services are stopped
     */
    void checkGracePeriods(long whole, long delay) {
        long budget = whole - delay;
        for (Draft draft : drafts.values()) {
            ServiceDefinition service = draft.service();
            long asked = service.stop().gracePeriod();
            if (asked > budget && asked != USUAL_GRACE) {
                diagnostics.warning(
                        draft.grace().position(),
                        "grace-above-budget",
                        (draft.grace().shared() ? "give services a" : "give " + service.name() + " its")
                                + " stop_grace_period of " + LayoutText.duration(asked),
                        "the whole stop takes at most " + LayoutText.duration(whole)
                                + (delay == 0 ? "" : ", of which stop_delay takes " + LayoutText.duration(delay)),
                        "set shutdown_grace_period under [container] to more, and the engine's time above that");
            }
        }
    }

    /** What answers at one port is one service; another one that waits for it there would be ready by mistake. */
    private void checkReadiness() {
        Map<String, String> owners = new LinkedHashMap<>();
        for (Draft draft : drafts.values()) {
            Readiness readiness = draft.service().readiness();
            if (readiness.kind() != Readiness.Kind.TCP) {
                continue;
            }
            String family = draft.service().family();
            String owner = owners.computeIfAbsent(readiness.detail(), unused -> family);
            if (!owner.equals(family)) {
                diagnostics.warning(
                        draft.ready(),
                        "shared-port",
                        "tell whether " + family + " or " + owner + " is ready",
                        "both count as ready when " + readiness.detail() + " answers",
                        "have each listen on a port of its own");
            }
        }
    }

    private Condition condition(Draft.Edge edge, String name) {
        Draft target = drafts.get(name);
        boolean oneshot = target != null && target.service().type() == ServiceDefinition.Type.ONESHOT;
        if (edge.condition() == null) {
            return oneshot ? Condition.COMPLETED : Condition.READY;
        }
        if (target != null && neverHappens(edge.condition(), target)) {
            boolean always = target.service().restart().policy() == RestartPolicy.Policy.ALWAYS;
            diagnostics.error(
                    edge.position(),
                    "never-happens",
                    "wait for " + edge.target() + " to be " + edge.condition().text(),
                    always
                            ? "under restart = always it is started again whenever it ends"
                            : "under restart = on-success it is started again whenever it ends with success",
                    "wait for ready, or set its restart to on-failure or no");
        }
        if (edge.condition() == Condition.HEALTHY
                && target != null
                && target.service().healthcheck() == null) {
            diagnostics.error(
                    edge.position(),
                    "no-healthcheck",
                    "wait for " + edge.target() + " to be healthy",
                    "it has no health check",
                    oneshot ? "wait for completed" : "add a [healthcheck] section to it, or wait for ready");
        }
        return edge.condition();
    }

    /** Whether no end of a service is its last; a finish script may say that one is, and failed starts may be limited. */
    private static boolean neverHappens(Condition condition, Draft draft) {
        ServiceDefinition target = draft.service();
        RestartPolicy restart = target.restart();
        if (restart.policy() == RestartPolicy.Policy.ON_SUCCESS) {
            return condition == Condition.COMPLETED;
        }
        if (target.type() == ServiceDefinition.Type.ONESHOT || restart.policy() != RestartPolicy.Policy.ALWAYS) {
            return false;
        }
        boolean mayFail = target.finish() != null
                || restart.startRetries() >= 0
                || restart.limit().most() >= 0
                || !draft.edges().isEmpty();
        return condition == Condition.COMPLETED || (condition == Condition.FINISHED && !mayFail);
    }

    /** A depth-first search with its own stack: services may be thousands and form one chain. */
    private final class Cycles {
        /** Characters after which a cycle is cut short. */
        private static final int LONGEST_CYCLE = 1_000;

        private final List<Draft> nodes = new ArrayList<>(drafts.values());
        private final Map<String, Integer> indexes = new LinkedHashMap<>();
        private final List<List<Step>> steps = new ArrayList<>();
        private final boolean[] done = new boolean[nodes.size()];
        private final boolean[] reported = new boolean[nodes.size()];
        /** Where on the path a node is, or -1. */
        private final int[] depth = new int[nodes.size()];
        /** How many nodes of the path, up to each place of it, are reported: to look at them all takes as long as the path is. */
        private final int[] known = new int[nodes.size()];

        /** An edge to a node. */
        private record Step(int target, Draft.Edge edge) {}

        Cycles() {
            for (int i = 0; i < nodes.size(); i++) {
                indexes.put(nodes.get(i).service().name(), i);
                depth[i] = -1;
            }
            for (Draft node : nodes) {
                List<Step> out = new ArrayList<>();
                for (Draft.Edge edge : node.edges()) {
                    for (String target : resolve(edge.target())) {
                        Integer index = indexes.get(target);
                        if (index != null) {
                            out.add(new Step(index, edge));
                        }
                    }
                }
                steps.add(out);
            }
        }

        void find() {
            for (int i = 0; i < nodes.size(); i++) {
                if (!done[i]) {
                    search(i);
                }
            }
        }

        private void search(int root) {
            List<Integer> path = new ArrayList<>();
            List<Integer> next = new ArrayList<>();
            enter(root, path, next);
            while (!path.isEmpty()) {
                int top = path.size() - 1;
                int node = path.get(top);
                int at = next.get(top);
                if (at == steps.get(node).size()) {
                    done[node] = true;
                    depth[node] = -1;
                    path.remove(top);
                    next.remove(top);
                    continue;
                }
                next.set(top, at + 1);
                int target = steps.get(node).get(at).target();
                if (depth[target] >= 0) {
                    report(path, next, depth[target]);
                } else if (!done[target]) {
                    enter(target, path, next);
                }
            }
        }

        private void enter(int node, List<Integer> path, List<Integer> next) {
            depth[node] = path.size();
            path.add(node);
            recount(path, path.size() - 1);
            next.add(0);
        }

        private void recount(List<Integer> path, int from) {
            for (int i = from; i < path.size(); i++) {
                known[i] = (i == 0 ? 0 : known[i - 1]) + (reported[path.get(i)] ? 1 : 0);
            }
        }

        /** Reports the cycle from {@code start} to the path's end, unless one through the same service is known. */
        private void report(List<Integer> path, List<Integer> next, int start) {
            if (known[path.size() - 1] > (start == 0 ? 0 : known[start - 1])) {
                return;
            }
            StringBuilder names = new StringBuilder();
            for (int i = start; i < path.size(); i++) {
                if (names.length() < LONGEST_CYCLE) {
                    names.append(nodes.get(path.get(i)).service().name()).append(" -> ");
                } else if (i + 1 == path.size()) {
                    names.append("… -> ");
                }
            }
            for (int i = start; i < path.size(); i++) {
                reported[path.get(i)] = true;
            }
            recount(path, start);
            int first = path.get(start);
            names.append(nodes.get(first).service().name());
            Step step = steps.get(first).get(next.get(start) - 1);
            diagnostics.error(
                    step.edge().position(),
                    "cycle",
                    "order services",
                    "each waits for the next in " + names.toString(),
                    "remove one of these from depends_on, after or before");
        }
    }
}
