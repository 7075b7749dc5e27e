package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which services wait for which others, as far as has been told; none can wait for itself, through others either. */
final class Waits {

    private final Map<String, List<String>> edges = new HashMap<>();

    /** Has a service wait for another; false, and nothing is changed, where that one waits for it already. */
    boolean add(String service, String other) {
        if (reaches(other, service)) {
            return false;
        }
        edges.computeIfAbsent(service, s -> new ArrayList<>()).add(other);
        return true;
    }

    private boolean reaches(String from, String to) {
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            String at = open.remove(open.size() - 1);
            if (at.equals(to)) {
                return true;
            }
            edges.getOrDefault(at, List.of()).stream().filter(seen::add).forEach(open::add);
        }
        return false;
    }

    /** What is said of one that was not added. */
    static Fate circle(String other) {
        return Fate.notCarried(other + " depends on it in turn", "remove one of the two");
    }
}
