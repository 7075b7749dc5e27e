package dev.pintle.init.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a client wants to hear of: everything, or what happens to some services. */
final class Subscription {
    private final Set<String> services;

    /** To these services; to all, and to the container itself, where there are none. */
    Subscription(List<String> services) {
        this.services = new HashSet<>(services);
    }

    boolean wants(String service) {
        return services.isEmpty() || services.contains(service);
    }
}
