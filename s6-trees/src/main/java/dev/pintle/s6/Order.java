package dev.pintle.s6;

import dev.pintle.layout.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What waits for what in the layout to be: circles, and the longest way down. */
final class Order {

    /** As much and less is within the usual stop. */
    private static final long USUAL_GRACE = 7_000;

    private final Map<String, S6Service> services;
    private final Map<String, Set<String>> needs = new HashMap<>();
    private long longest;

    Order(Map<String, S6Service> services, Account account) {
        this.services = services;
        for (S6Service service : services.values()) {
            needs.computeIfAbsent(service.name(), unused -> new TreeSet<>());
            for (Key key : List.of(Key.DEPENDS_ON, Key.AFTER)) {
                for (String name : names(service, key)) {
                    needs.get(service.name()).add(name);
                }
            }
            for (String name : names(service, Key.BEFORE)) {
                if (services.containsKey(name)) {
                    needs.computeIfAbsent(name, unused -> new TreeSet<>()).add(service.name());
                }
            }
        }
        walk(account);
    }

    /** The names in a list, without conditions, that are services here. */
    private List<String> names(S6Service service, Key key) {
        List<String> names = new ArrayList<>();
        for (String item : Text.split(service.keys().getOrDefault(key, ""), ',')) {
            String name = Text.trim(item);
            int colon = name.indexOf(':');
            names.add(colon < 0 ? name : name.substring(0, colon));
        }
        return names;
    }

    /** How long those that stop one after another can take, in milliseconds: as far as they say. */
    long longestStop() {
        return longest;
    }

    /** Takes away, again and again, what nothing is left of that it waits for; what stays waits in a circle. */
    private void walk(Account account) {
        Map<String, Long> times = new HashMap<>();
        Map<String, Set<String>> left = new HashMap<>();
        Map<String, List<String>> dependents = new HashMap<>();
        List<String> free = new ArrayList<>();
        for (String name : services.keySet()) {
            Set<String> open = new TreeSet<>();
            for (String need : needs.getOrDefault(name, Set.of())) {
                if (services.containsKey(need)) {
                    open.add(need);
                    dependents
                            .computeIfAbsent(need, unused -> new ArrayList<>())
                            .add(name);
                }
            }
            left.put(name, open);
            if (open.isEmpty()) {
                free.add(name);
            }
        }
        while (!free.isEmpty()) {
            String name = free.remove(free.size() - 1);
            Set<String> none = left.remove(name);
            long time = grace(name) + (none == null ? 0 : times.getOrDefault(name, 0L));
            longest = Math.max(longest, time);
            for (String dependent : dependents.getOrDefault(name, List.of())) {
                times.merge(dependent, time, Math::max);
                Set<String> open = left.get(dependent);
                if (open != null && open.remove(name) && open.isEmpty()) {
                    free.add(dependent);
                }
            }
        }
        if (!left.isEmpty()) {
            report(left, account);
        }
    }

    /** What a service says itself: the usual times are within the usual stop. */
    private long grace(String name) {
        S6Service service = services.get(name);
        String value = service == null ? null : service.keys().get(Key.STOP_GRACE_PERIOD);
        long millis = value == null ? 0 : millis(value);
        return millis <= USUAL_GRACE ? 0 : millis;
    }

    private static long millis(String duration) {
        int digits = 0;
        while (digits < duration.length() && duration.charAt(digits) >= '0' && duration.charAt(digits) <= '9') {
            digits++;
        }
        long number = Math.max(0, Text.number(duration.substring(0, digits)));
        return switch (duration.substring(digits)) {
            case "ms" -> number;
            case "m" -> number * 60_000;
            case "h" -> number * 3_600_000;
            default -> number * 1000;
        };
    }

    private void report(Map<String, Set<String>> left, Account account) {
        List<String> path = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        String at = new TreeSet<>(left.keySet()).iterator().next();
        while (seen.add(at)) {
            path.add(at);
            // What is left waits for something that is left.
            at = left.getOrDefault(at, Set.of(at)).iterator().next();
        }
        while (!path.get(0).equals(at)) {
            path.remove(0);
        }
        path.add(at);
        S6Service service = services.get(at);
        account.error(
                service == null ? "/etc" : service.origin(),
                "order services",
                "each waits for the next in " + Text.join(path, " -> ") + "; s6-rc-compile refuses that, too",
                "remove one of these dependencies");
    }
}
