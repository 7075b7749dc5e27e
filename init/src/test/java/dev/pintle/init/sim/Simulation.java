package dev.pintle.init.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

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
    /** What comes from outside: as long as only this is left, nothing happens by itself. */
    private final PriorityQueue<Happening> visits = new PriorityQueue<>();

    private final List<String> trace = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final boolean tracing;
    private long now;
    private long lag;
    private long order;
    private SimEnd.@Nullable Cause ended;

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

    /** Lets time pass in which the supervisor was not given the processor. */
    void oversleep(long millis) {
        lag += millis;
        long until = now + millis;
        while (next() <= until) {
            now = Math.max(now, next());
            catchUp();
        }
        now = until;
    }

    /** All the time in which the supervisor was not given the processor: what it did late, it may be late by that. */
    long lag() {
        return lag;
    }

    /** Ends the simulation; the result is to be thrown. */
    SimEnd end(SimEnd.Cause cause) {
        if (ended == null) {
            ended = cause;
            trace("the simulation ends: " + cause);
        }
        return new SimEnd(cause);
    }

    /** Why the simulation has ended; null while it has not. */
    SimEnd.@Nullable Cause ended() {
        return ended;
    }

    /** Has something happen {@code delay} milliseconds from now. */
    void after(long delay, Runnable action) {
        agenda.add(new Happening(now + delay, order++, action));
    }

    /** Has something happen at a time that is not of the simulation's own making: a user, an engine. */
    void fromOutside(long time, Runnable action) {
        visits.add(new Happening(time, order++, action));
    }

    /** When something is going to happen next, or {@link #NEVER}. */
    long next() {
        return Math.min(timeOf(agenda.peek()), timeOf(visits.peek()));
    }

    private static long timeOf(@Nullable Happening happening) {
        return happening == null ? NEVER : happening.time;
    }

    /** Whether nothing will happen unless somebody comes from outside. */
    boolean quiet() {
        return agenda.isEmpty();
    }

    /** Lets everything happen that is due. */
    void catchUp() {
        while (timeOf(agenda.peek()) <= now) {
            agenda.remove().action.run();
        }
        while (timeOf(visits.peek()) <= now) {
            visits.remove().action.run();
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
