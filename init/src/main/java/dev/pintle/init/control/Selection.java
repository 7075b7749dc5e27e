package dev.pintle.init.control;

import dev.pintle.init.core.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The services that a user's words mean: a name, the name of a family of instances, {@code @group}, or {@code all}. */
final class Selection {
    private final List<String> services;
    private final List<String> unknown;

    private Selection(List<String> services, List<String> unknown) {
        this.services = services;
        this.unknown = unknown;
    }

    /** Finds what {@code words} mean; no words mean all. */
    static Selection of(Collection<Service> all, List<String> words) {
        Set<String> found = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String word : words.isEmpty() ? List.of("all") : words) {
            boolean any = false;
            for (Service service : all) {
                if (means(word, service)) {
                    found.add(service.name());
                    any = true;
                }
            }
            if (!any && !word.equals("all")) {
                unknown.add(word);
            }
        }
        return new Selection(new ArrayList<>(found), unknown);
    }

    private static boolean means(String word, Service service) {
        if (word.startsWith("@")) {
            return isIn(service.definition().groups(), word.substring(1));
        }
        return word.equals(service.name()) || word.equals(service.definition().family()) || word.equals("all");
    }

    private static boolean isIn(List<String> groups, String wanted) {
        for (String group : groups) {
            if (group.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The names of services. */
    List<String> services() {
        return services;
    }

    /** The words that mean nothing here. */
    List<String> unknown() {
        return unknown;
    }
}
