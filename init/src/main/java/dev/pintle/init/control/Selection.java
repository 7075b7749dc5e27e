package dev.pintle.init.control;

import dev.pintle.init.core.Service;
import dev.pintle.layout.Layout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The services that a user's words mean: a name, the name of a family of instances, {@code @group}, or
 * {@code all}: all except the status page, over which the next order may have to come. */
final class Selection {
    private static final String ALL = "all";

    private final Set<String> found = new LinkedHashSet<>();
    private final Set<String> named = new LinkedHashSet<>();
    private final List<String> unknown = new ArrayList<>();

    private Selection() {}

    /**
     * Finds what {@code words} mean; no words mean all. Takes no longer than there are words and services: a request has room for
     * thousands of words.
     */
    static Selection of(Collection<Service> all, List<String> words) {
        Selection selection = new Selection();
        if (words.isEmpty()) {
            for (Service service : all) {
                selection.found.add(service.name());
            }
        } else {
            selection.find(meanings(all), words);
        }
        return selection;
    }

    /** The names of services that each word means. */
    private static Map<String, List<String>> meanings(Collection<Service> all) {
        Map<String, List<String>> meanings = new HashMap<>();
        meanings.put(ALL, new ArrayList<>());
        for (Service service : all) {
            String name = service.name();
            String family = service.definition().family();
            if (!name.equals(Layout.WEB)) {
                add(meanings, ALL, name);
            }
            add(meanings, name, name);
            if (!family.equals(name)) {
                add(meanings, family, name);
            }
            for (String group : service.definition().groups()) {
                add(meanings, "@" + group, name);
            }
        }
        return meanings;
    }

    private static void add(Map<String, List<String>> meanings, String word, String name) {
        List<String> names = meanings.get(word);
        if (names == null) {
            names = new ArrayList<>(1);
            meanings.put(word, names);
        }
        names.add(name);
    }

    private void find(Map<String, List<String>> meanings, List<String> words) {
        for (String word : words) {
            List<String> names = meanings.get(word);
            if (names == null) {
                unknown.add(word);
                continue;
            }
            found.addAll(names);
            if (!word.startsWith("@") && !word.equals(ALL)) {
                named.addAll(names);
            }
            // Said again, it adds nothing.
            meanings.put(word, List.of());
        }
    }

    /** The names of services. */
    List<String> services() {
        return new ArrayList<>(found);
    }

    /** Whether a service was named itself, or its family, not just a group of it or all. */
    boolean isNamed(String service) {
        return named.contains(service);
    }

    /** The words that mean nothing here. */
    List<String> unknown() {
        return unknown;
    }
}
