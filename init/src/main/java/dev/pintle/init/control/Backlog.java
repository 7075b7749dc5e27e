package dev.pintle.init.control;

import org.jspecify.annotations.Nullable;

/**
 * The last events, in their order: those that a subscriber has yet to take among them. Each is kept once for all subscribers, so
 * that many who do not read cost no more than one.
 */
final class Backlog {
    /** Bytes: a subscriber that sleeps must not take the memory. */
    private static final int MOST = 128 * 1024;

    /** One event. Who is at it has taken it, and takes what follows it next. */
    static final class Entry {
        final String service;
        final byte[] line;
        private @Nullable Entry following;

        private Entry(String service, byte[] line) {
            this.service = service;
            this.line = line;
        }

        /** The event after this one, or null. */
        @Nullable
        Entry following() {
            return following;
        }
    }

    /** The one before the first that is kept. */
    private Entry dropped = new Entry("", new byte[0]);

    private Entry last = dropped;
    private int size;

    /** The one before the first that is kept. */
    Entry dropped() {
        return dropped;
    }

    /** The newest event. */
    Entry last() {
        return last;
    }

    /**
     * Adds an event.
     *
     * @param service the service that it is about; empty for the container
     */
    void add(String service, byte[] line) {
        Entry entry = new Entry(service, line);
        last.following = entry;
        last = entry;
        size += line.length;
    }

    /** Drops the first event where there are more than are kept; it, or null where there are not. */
    @Nullable
    Entry dropFirst() {
        Entry first = dropped.following;
        if (size <= MOST || first == null || first == last) {
            return null;
        }
        dropped = first;
        size -= first.line.length;
        return first;
    }

    /** Forgets all events: everybody has taken them. */
    void clear() {
        dropped = last;
        size = 0;
    }
}
