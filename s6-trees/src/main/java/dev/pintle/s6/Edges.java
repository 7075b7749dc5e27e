package dev.pintle.s6;

import dev.pintle.layout.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who depends on whom, who starts with the container, and who is in which group. */
final class Edges {

    private static final String LEGACY_SERVICES = "legacy-services";

    private final Trees trees;
    private final Account account;
    private final Settings settings;
    private final boolean whole;
    private final Names names = new Names();
    private final Set<String> externals = new TreeSet<>();
    /** Names of definitions that start with the container. */
    private final Set<String> wanted;
    /** Those of {@code user} with all that they need. */
    private final Set<String> inUser;
    /** Those of {@code user} that wait for services.d, which waits for {@code user}. */
    private final Set<String> moved = new LinkedHashSet<>();
    /** Loggers that have become a part of their producers. */
    private final Map<String, List<Definition>> dissolved = new LinkedHashMap<>();
    /** What stands for s6-overlay's {@code base}, with its condition; empty where nothing does. */
    private String base = "";

    private Map<String, S6Service> services = Map.of();
    /** What services.d is read again by, or null. */
    private @Nullable S6Service reader;

    /** {@code whole}: whether no other image can have what is not here. */
    Edges(Trees trees, Account account, Settings settings, boolean whole) {
        this.trees = trees;
        this.account = account;
        this.settings = settings;
        this.whole = whole;
        for (String name : trees.definitions().keySet()) {
            names.of(name);
        }
        Set<String> first = new LinkedHashSet<>(trees.user());
        inUser = closure(first);
        Set<String> both = new LinkedHashSet<>(trees.user());
        both.addAll(trees.user2());
        wanted = closure(both);
        for (String name : inUser) {
            if (closure(Set.of(name)).contains(LEGACY_SERVICES)) {
                moved.add(name);
            }
        }
    }

    /** Tells of the first script that is run at the stop, and of the last one that is run at the start; null for none. */
    void setBase(@Nullable String finish, @Nullable String init) {
        base = init != null ? init + (settings.failureStops() ? "" : ":finished") : finish == null ? "" : finish;
    }

    /** Tells of the oneshot that has services.d read again: those of services.d wait for it. */
    void setReader(S6Service service) {
        reader = service;
    }

    /** The name of a service in the layout; one of services.d gives way to one of s6-rc. */
    String nameOf(Definition definition) {
        boolean legacy = definition.type() == Definition.Type.LEGACY;
        boolean taken = legacy && trees.definitions().containsKey(definition.name());
        return names.of(taken ? "legacy-" + definition.name() : definition.name());
    }

    boolean starts(Definition definition) {
        return wanted.contains(definition.name());
    }

    /** A logger is no service of its own any more: who waited for it waits for those that write to it. */
    void dissolve(Definition consumer, List<Definition> producers) {
        dissolved.put(consumer.name(), producers);
    }

    /** Names in the layout of services that other images have. */
    Set<String> externals() {
        return externals;
    }

    // Closures

    /** The names that these stand for, with all that those depend on. */
    private Set<String> closure(Set<String> first) {
        Set<String> reached = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(first);
        Set<String> seen = new HashSet<>(first);
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            Definition definition = trees.definitions().get(name);
            List<String> next = new ArrayList<>(members(name));
            if (definition == null || definition.type() != Definition.Type.BUNDLE) {
                reached.add(name);
            }
            if (definition != null) {
                next.addAll(definition.dependencies());
                next.addAll(definition.producerFor());
                next.addAll(definition.consumerFor());
            }
            for (String each : next) {
                if (seen.add(each)) {
                    open.add(each);
                }
            }
        }
        return reached;
    }

    /** What a bundle has in it, or a pipeline; nothing where the name is neither's. */
    private List<String> members(String name) {
        Definition definition = trees.definitions().get(name);
        if (definition != null) {
            return definition.type() == Definition.Type.BUNDLE ? new ArrayList<>(definition.contents()) : List.of();
        }
        List<String> members = new ArrayList<>();
        for (Definition each : trees.definitions().values()) {
            if (name.equals(each.pipeline())) {
                members.add(each.name());
                members.addAll(each.consumerFor());
            }
        }
        return members;
    }

    /** The services that a name means: itself, the members of a bundle, those that write to a logger. */
    private Set<String> expand(String name) {
        Set<String> found = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(List.of(name));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String at = open.remove(0);
            if (!seen.add(at)) {
                continue;
            }
            List<Definition> producers = dissolved.get(at);
            if (producers != null) {
                for (Definition producer : producers) {
                    open.add(producer.name());
                }
                continue;
            }
            List<String> members = members(at);
            Definition definition = trees.definitions().get(at);
            if (members.isEmpty() && (definition == null || definition.type() != Definition.Type.BUNDLE)) {
                found.add(at);
            }
            open.addAll(members);
        }
        return found;
    }

    // Linking

    /** Gives the services their dependencies and groups. */
    void link(Map<String, S6Service> all) {
        services = all;
        for (Definition definition : trees.definitions().values()) {
            if (definition.type() == Definition.Type.GRAFT) {
                graft(definition);
            } else if (definition.type() == Definition.Type.BUNDLE) {
                group(definition);
            } else if (!dissolved.containsKey(definition.name())) {
                dependencies(definition, definition);
            }
        }
        dissolved.forEach((name, producers) -> {
            Definition consumer = trees.definitions().get(name);
            for (Definition producer : producers) {
                if (consumer != null) {
                    dependencies(consumer, producer);
                }
            }
        });
        pipelines();
        Set<String> last = lastOfUser();
        for (Definition definition : trees.definitions().values()) {
            if (definition.type() != Definition.Type.GRAFT
                    && definition.dependencies().contains(LEGACY_SERVICES)) {
                afterLegacy(definition, last);
            }
        }
        for (Definition definition : trees.legacy().values()) {
            S6Service service = services.get(nameOf(definition));
            if (service != null && !trees.isScan()) {
                afterUser(service, last);
                addReader(service);
            }
        }
        if (reader != null) {
            afterUser(reader, last);
        }
    }

    private void afterUser(S6Service service, Set<String> last) {
        addBase(service);
        for (String name : last) {
            if (!name.equals(service.name())) {
                service.addTo(Key.DEPENDS_ON, name);
            }
        }
    }

    private void addReader(S6Service service) {
        if (reader != null) {
            service.addTo(Key.DEPENDS_ON, reader.name() + ":finished");
        }
    }

    private void addBase(S6Service service) {
        if (!base.isEmpty()) {
            service.addTo(Key.DEPENDS_ON, base);
        }
    }

    private String file(Definition definition, String list, String name) {
        String path = definition.path(list + ".d/" + name);
        return trees.files().file(path) != null ? path : definition.path(list);
    }

    /** {@code from}'s dependencies become {@code of}'s: the same, or that of a logger that is a part of it. */
    private void dependencies(Definition from, Definition of) {
        S6Service service = services.get(nameOf(of));
        if (service == null) {
            return;
        }
        for (String name : from.dependencies()) {
            String path = file(from, "dependencies", name);
            switch (name) {
                case "base", "legacy-cont-init" -> {
                    addBase(service);
                    account.fate(
                            path,
                            Fate.changed(
                                    base.isEmpty() ? "not needed: there is no cont-init.d" : "depends_on = " + base));
                }
                case "fix-attrs" -> account.fate(path, Fate.changed("not needed"));
                case LEGACY_SERVICES -> {}
                default -> dependency(service, from, name, path);
            }
        }
    }

    private void dependency(S6Service service, Definition from, String name, String path) {
        List<String> targets = new ArrayList<>();
        for (String each : expand(name)) {
            String target = names.of(each);
            if (target.equals(service.name())) {
                continue;
            }
            service.addTo(Key.DEPENDS_ON, target);
            targets.add(target);
            Definition definition = trees.definitions().get(each);
            if (definition == null || definition.type() == Definition.Type.GRAFT) {
                external(target, from, each, path);
            }
        }
        account.fate(
                path,
                Fate.kept(
                        targets.isEmpty()
                                ? "not needed: it is the service itself"
                                : "depends_on = " + Text.join(targets, ", ")
                                        + (externals.contains(names.of(name)) ? ", which is another image's" : "")));
    }

    private void external(String target, Definition from, String name, String path) {
        if (whole) {
            account.error(
                    path,
                    "let " + from.name() + " wait for " + name,
                    "there is no such service; s6-rc-compile refuses that, too",
                    "remove the dependency, or add the service");
        } else {
            externals.add(target);
        }
    }

    /** What waits for all of services.d. */
    private void afterLegacy(Definition definition, Set<String> last) {
        S6Service service = services.get(nameOf(definition));
        String path = file(definition, "dependencies", LEGACY_SERVICES);
        if (service == null) {
            return;
        }
        afterUser(service, last);
        addReader(service);
        for (Definition each : trees.legacy().values()) {
            if (services.containsKey(nameOf(each))) {
                service.addTo(Key.AFTER, nameOf(each));
            }
        }
        if (!moved.contains(definition.name())) {
            account.fate(path, Fate.changed("depends_on what is in user, after what is in services.d"));
            return;
        }
        account.fate(
                path,
                Fate.approximated(
                        "it starts after services.d, as in user2: in user, which services.d waits for, this is a circle that"
                                + " s6-rc-compile refuses, and nothing at all starts",
                        null));
        account.warning(
                path,
                "wait for services.d in user",
                "services.d waits for user, so s6-rc-compile refuses this and the container stays up, empty",
                "converted as if " + definition.name() + " were in user2");
    }

    /** Those of {@code user} that no other of it waits for: who waits for these waits for all. */
    private Set<String> lastOfUser() {
        Set<String> all = new LinkedHashSet<>();
        Set<String> needed = new HashSet<>();
        for (String name : inUser) {
            Definition definition = trees.definitions().get(name);
            S6Service service = definition == null ? null : services.get(nameOf(definition));
            if (service == null || moved.contains(name)) {
                continue;
            }
            all.add(service.name());
            for (String each : Text.split(service.keys().getOrDefault(Key.DEPENDS_ON, ""), ',')) {
                needed.add(Text.trim(each));
            }
        }
        Set<String> last = new TreeSet<>();
        for (String name : all) {
            if (!needed.contains(name)) {
                last.add(name);
            }
        }
        return last;
    }

    /** A service of another image is to wait for those of this one. */
    private void graft(Definition graft) {
        String target = names.of(graft.name());
        boolean own = graft.name().equals("base")
                || graft.name().startsWith("legacy-")
                || graft.name().equals("top");
        for (String name : graft.dependencies()) {
            String path = file(graft, "dependencies", name);
            boolean here = false;
            for (String each : expand(name)) {
                Definition definition = trees.definitions().get(each);
                S6Service service = definition == null ? null : services.get(nameOf(definition));
                if (service != null && !own) {
                    service.addTo(Key.BEFORE, target);
                    account.service(path, service.name());
                    here = true;
                }
            }
            account.fate(
                    path,
                    here
                            ? Fate.kept("before = " + target + " in " + names.of(name) + ": " + target
                                    + " is another image's")
                            : Fate.notCarried(
                                    own
                                            ? graft.name() + " is s6-overlay's own, and has no service here"
                                            : "neither " + graft.name() + " nor " + name + " is here",
                                    own ? null : "name the other image's root, too"));
        }
        if (!graft.contents().isEmpty()) {
            group(graft);
        }
    }

    private void group(Definition bundle) {
        String group = Names.legal(bundle.name());
        for (String name : bundle.contents()) {
            String path = file(bundle, "contents", name);
            Fate fate = Fate.changed("group = " + group);
            for (String each : expand(name)) {
                Definition definition = trees.definitions().get(each);
                S6Service service = definition == null ? null : services.get(nameOf(definition));
                if (service != null) {
                    service.addTo(Key.GROUP, group);
                    account.service(path, service.name());
                } else {
                    fate = Fate.notCarried(each + " is not here", "name the root of the image that has it, too");
                }
            }
            account.fate(path, fate);
        }
    }

    private void pipelines() {
        for (Definition definition : trees.definitions().values()) {
            String pipeline = definition.pipeline();
            if (pipeline == null) {
                continue;
            }
            String group = Names.legal(pipeline);
            for (String name : expand(pipeline)) {
                Definition member = trees.definitions().get(name);
                S6Service service = member == null ? null : services.get(nameOf(member));
                if (service != null) {
                    service.addTo(Key.GROUP, group);
                }
            }
            account.fate(definition.path("pipeline-name"), Fate.changed("group = " + group));
        }
    }
}
