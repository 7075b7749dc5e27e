package dev.pintle.init.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client wants to hear of, everything or what happens to some services, and how much of that it has been told. */
final class Subscription {
    private final Set<String> services;
    /** What it has taken last; null where it has taken everything. */
    private Backlog.@Nullable Entry taken;
    /** Bytes of what has come since it was last tried to send that. */
    private int fresh;
    /** Events that it will not hear of, because it did not read. */
    private int missed;

    /** To these services; to all, and to the container itself, where there are none. */
    Subscription(List<String> services) {
        this.services = new HashSet<>(services);
    }

    boolean wants(String service) {
        return services.isEmpty() || services.contains(service);
    }

    /** Whether there is something that it has yet to take. */
    boolean behind() {
        return taken != null;
    }

    /** Bytes that have come since {@link #nextInto} was last called. */
    int fresh() {
        return fresh;
    }

    /** An event has come that it wants. */
    void come(Backlog.Entry before, int size) {
        taken = taken == null ? before : taken;
        fresh += size;
    }

    /**
     * An event is no longer kept.
     *
     * @param before what came before it
     */
    void dropped(Backlog.Entry before, Backlog.Entry entry) {
        if (taken == before) {
            taken = entry;
            missed += wants(entry.service) ? 1 : 0;
        }
    }

    /** Puts into an outbox what comes next, until it has so many bytes. */
    void nextInto(Outbox outbox, int bytes) {
        fresh = 0;
        if (missed > 0 && outbox.size() < bytes) {
            outbox.add(Message.empty()
                    .with("event", "missed")
                    .with("count", (long) missed)
                    .line());
            missed = 0;
        }
        while (taken != null && outbox.size() < bytes) {
            Backlog.Entry next = taken.following();
            if (next != null && wants(next.service)) {
                outbox.add(next.line);
            }
            taken = next;
        }
    }
}
