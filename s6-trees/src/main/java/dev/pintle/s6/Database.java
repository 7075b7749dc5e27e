package dev.pintle.s6;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What s6-rc would know of the trees: names, types, and who needs whom. What s6-overlay itself defines is not in it, except for
 * the bundles of the user. All lists are sorted.
 */
public final class Database {
    private final Map<String, Definition> definitions = new TreeMap<>();
    private final Map<String, Set<String>> bundles = new TreeMap<>();
    /** What each service needs directly. */
    private final Map<String, Set<String>> needs = new TreeMap<>();

    private final ImageFiles files;

    private Database(ImageFiles files, Trees trees) {
        this.files = files;
        bundles.put("user", trees.user());
        bundles.put("user2", trees.user2());
        for (Definition definition : trees.definitions().values()) {
            switch (definition.type()) {
                case BUNDLE -> bundles.put(definition.name(), definition.contents());
                case LONGRUN, ONESHOT -> definitions.put(definition.name(), definition);
                case GRAFT, LEGACY -> {}
            }
        }
        for (Definition definition : definitions.values()) {
            String pipeline = definition.pipeline();
            if (pipeline != null && !bundles.containsKey(pipeline)) {
                bundles.put(pipeline, new LinkedHashSet<>(pipeline(definition.name())));
            }
        }
        definitions.forEach((name, definition) -> needs.put(name, needed(definition)));
    }

    /**
     * Reads the trees.
     *
     * @param variables of the container: s6-overlay's own say where trees are
     */
    public static Database of(ImageFiles files, Map<String, String> variables) {
        Settings settings = new Settings(variables);
        Trees trees = new Trees(files, new Account(), settings.profile());
        trees.read(settings.bundles());
        return new Database(files, trees);
    }

    /** What a name is: {@code longrun}, {@code oneshot} or {@code bundle}; null where there is none of it. */
    public @Nullable String type(String name) {
        Definition definition = definitions.get(name);
        if (definition == null) {
            return bundles.containsKey(name) ? "bundle" : null;
        }
        return definition.type() == Definition.Type.LONGRUN ? "longrun" : "oneshot";
    }

    /** The services and bundles of a type; of all types where it is empty. */
    public List<String> names(String type) {
        Set<String> all = new TreeSet<>(definitions.keySet());
        all.addAll(bundles.keySet());
        List<String> names = new ArrayList<>();
        for (String name : all) {
            if (type.isEmpty() || type.equals(type(name))) {
                names.add(name);
            }
        }
        return names;
    }

    /** The services that are meant by names of services and bundles. Bundles in bundles count; unknown names do not. */
    public Set<String> services(Collection<String> names) {
        Set<String> found = new TreeSet<>();
        Set<String> seen = new LinkedHashSet<>(names);
        List<String> open = new ArrayList<>(seen);
        for (int at = 0; at < open.size(); at++) {
            String name = open.get(at);
            if (definitions.containsKey(name)) {
                found.add(name);
                continue;
            }
            Set<String> contents = bundles.get(name);
            if (contents != null) {
                for (String member : contents) {
                    if (seen.add(member)) {
                        open.add(member);
                    }
                }
            }
        }
        return found;
    }

    /** What services need directly, or with {@code reverse} what needs them. */
    public Set<String> dependencies(Set<String> services, boolean reverse) {
        Set<String> found = new TreeSet<>();
        if (!reverse) {
            for (String service : services) {
                found.addAll(needs.getOrDefault(service, Set.of()));
            }
            return found;
        }
        needs.forEach((each, needed) -> {
            if (!Collections.disjoint(needed, services)) {
                found.add(each);
            }
        });
        return found;
    }

    /** Services, and all that they need, or with {@code reverse} all that needs them. */
    public Set<String> closure(Set<String> services, boolean reverse) {
        Set<String> found = new TreeSet<>(services);
        Set<String> fresh = found;
        while (!fresh.isEmpty()) {
            Set<String> next = new TreeSet<>(dependencies(fresh, reverse));
            next.removeAll(found);
            found.addAll(next);
            fresh = next;
        }
        return found;
    }

    /** A producer needs its consumer, since that has the pipe. */
    private Set<String> needed(Definition definition) {
        Set<String> names = new LinkedHashSet<>(definition.dependencies());
        names.addAll(definition.producerFor());
        return services(names);
    }

    /** The pipeline that a service is a part of, producers before consumers; the service alone where there is none. */
    public List<String> pipeline(String service) {
        Set<String> seen = new LinkedHashSet<>(List.of(service));
        List<String> before = new ArrayList<>(List.of(service));
        for (int at = 0; at < before.size(); at++) {
            Definition definition = definitions.get(before.get(at));
            addNew(before, seen, definition == null ? List.of() : definition.consumerFor());
        }
        List<String> line = new ArrayList<>();
        for (int at = before.size() - 1; at >= 0; at--) {
            line.add(before.get(at));
        }
        for (int at = 0; at < line.size(); at++) {
            Definition definition = definitions.get(line.get(at));
            addNew(line, seen, definition == null ? List.of() : definition.producerFor());
        }
        return line;
    }

    private static void addNew(List<String> to, Set<String> seen, List<String> names) {
        for (String name : names) {
            if (seen.add(name)) {
                to.add(name);
            }
        }
    }

    /** How long a service may take to come up or to go down, in milliseconds; 0 where there is no limit. */
    public long timeout(String service, boolean down) {
        Definition definition = definitions.get(service);
        TreeFile file = definition == null ? null : files.file(definition.path(down ? "timeout-down" : "timeout-up"));
        return file == null ? 0 : Math.max(0, Text.number(file.text()));
    }
}
