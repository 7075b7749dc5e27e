package dev.pintle.init.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** What all parts of a simulated kernel share: the clock, what is going to happen, the trace and the violations. */
final class Simulation {
    static final long NEVER = Long.MAX_VALUE;
    private static final int VIOLATIONS_KEPT = 20;

    private record Happening(long time, long order, Runnable action) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
        }
    }

    final Faults faults;
    private final PriorityQueue<Happening> agenda = new PriorityQueue<>();
    private final List<String> trace = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final boolean tracing;
    private long now;
    private long order;

    Simulation(Faults faults, boolean tracing) {
        this.faults = faults;
        this.tracing = tracing;
    }

    long now() {
        return now;
    }

    void advanceTo(long time) {
        now = Math.max(now, time);
    }

    /** Has something happen {@code delay} milliseconds from now. */
    void after(long delay, Runnable action) {
        agenda.add(new Happening(now + delay, order++, action));
    }

    /** When something is going to happen next, or {@link #NEVER}. */
    long next() {
        Happening first = agenda.peek();
        return first == null ? NEVER : first.time;
    }

    /** Lets everything happen that is due. */
    void catchUp() {
        while (next() <= now) {
            agenda.remove().action.run();
        }
    }

    /** Whether a trace is kept; asked before one is put into words. */
    boolean tracing() {
        return tracing;
    }

    void trace(String what) {
        if (tracing) {
            trace.add(now + " ms: " + what);
        }
    }

    /** Notes what the supervisor must not do. */
    void violation(String what) {
        trace("VIOLATION: " + what);
        if (violations.size() < VIOLATIONS_KEPT) {
            violations.add(now + " ms: " + what);
        }
    }

    List<String> violations() {
        return violations;
    }

    List<String> traceLines() {
        return trace;
    }
}
