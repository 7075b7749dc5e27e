package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What waits for what, as {@code pintle tree} draws it: each service that nothing waits for, and below it what it waits for.
 * A service that stands in several places is drawn out in the first. Loggers and log services are left out as far as {@code
 * pintle status} leaves them out. Nothing recurses: a chain may be thousands long.
 */
final class DependencyTree {
    private static final String READY = "ready";
    private static final String COMPLETED = "completed";

    /** Something to draw: a service, the line's beginning, and that of the lines below it. */
    private record Branch(String name, String note, String start, String below) {}

    private final Map<String, Message> services = new HashMap<>();
    private final List<Message> inOrder;
    private final boolean all;

    /**
     * A tree of these services.
     *
     * @param all whether nothing is left out
     */
    DependencyTree(List<Message> services, boolean all) {
        inOrder = services;
        this.all = all;
        for (Message service : services) {
            this.services.put(service.text("name"), service);
        }
    }

    /** From the services that nothing waits for. */
    List<String> lines() {
        Set<String> needed = needed();
        List<String> roots = new ArrayList<>();
        for (Message service : inOrder) {
            if (!needed.contains(service.text("name")) && isDrawn(service)) {
                roots.add(service.text("name"));
            }
        }
        return lines(roots);
    }

    /** From these services. */
    List<String> lines(List<String> roots) {
        List<Branch> open = new ArrayList<>();
        for (int i = roots.size() - 1; i >= 0; i--) {
            open.add(new Branch(roots.get(i), "", "", ""));
        }
        List<String> lines = new ArrayList<>();
        Set<String> drawn = new HashSet<>();
        while (!open.isEmpty()) {
            Branch branch = open.remove(open.size() - 1);
            Message service = services.get(branch.name);
            String state = service == null ? "" : "  " + StatusTable.inShort(service);
            List<Branch> needs = service == null ? List.of() : needs(service, branch.below);
            boolean again = !drawn.add(branch.name) && !needs.isEmpty();
            lines.add(branch.start + branch.name + state + branch.note + (again ? "  (shown above)" : ""));
            for (int i = again ? -1 : needs.size() - 1; i >= 0; i--) {
                open.add(needs.get(i));
            }
        }
        return lines;
    }

    /** Whatever something else waits for. */
    private Set<String> needed() {
        Set<String> needed = new HashSet<>();
        for (Message service : inOrder) {
            for (Branch need : needs(service, "")) {
                needed.add(need.name);
            }
        }
        return needed;
    }

    private boolean isDrawn(Message service) {
        return all || !StatusTable.isHidden(service);
    }

    private List<String> drawn(List<String> edges) {
        List<String> drawn = new ArrayList<>();
        for (String edge : edges) {
            int colon = edge.indexOf(':');
            Message service = services.get(colon < 0 ? edge : edge.substring(0, colon));
            if (service == null || isDrawn(service)) {
                drawn.add(edge);
            }
        }
        return drawn;
    }

    private List<Branch> needs(Message service, String below) {
        List<String> dependencies = drawn(service.texts("depends_on"));
        List<String> after = drawn(service.texts("after"));
        int count = dependencies.size() + after.size();
        List<Branch> needs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            String start = below + (last ? "└─ " : "├─ ");
            String deeper = below + (last ? "   " : "│  ");
            if (i < dependencies.size()) {
                String text = dependencies.get(i);
                int colon = text.indexOf(':');
                String condition = text.substring(colon + 1);
                boolean usual = condition.equals(READY) || condition.equals(COMPLETED);
                needs.add(new Branch(
                        text.substring(0, colon), usual ? "" : "  (needs " + condition + ")", start, deeper));
            } else {
                needs.add(new Branch(after.get(i - dependencies.size()), "  (only after it)", start, deeper));
            }
        }
        return needs;
    }
}
