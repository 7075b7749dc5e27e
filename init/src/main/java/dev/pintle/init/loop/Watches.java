package dev.pintle.init.loop;

import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Sys;
import java.util.ArrayList;
import java.util.List;

/** All descriptors that the loop waits for. */
public final class Watches {
    /** Milliseconds for which clients are served in one turn, but for the last one's request. */
    private static final long LONGEST_TURN = 20;

    private final List<Watch> watches = new ArrayList<>();
    private final PollSet set = new PollSet();
    private boolean stale;
    /** Where the patient ones are gone on with. */
    private int next;
    /** Where the bulky ones of them are. */
    private int nextBulky;

    /** Waits for {@code watch} from the next poll on. */
    public void add(Watch watch) {
        watches.add(watch);
    }

    /** Waits for {@code watch} no longer, from now on. */
    public void remove(Watch watch) {
        watch.remove();
        stale = true;
    }

    /**
     * Waits until one is ready or late or the time is over, and has those that are ready do their work.
     *
     * @param timeoutMillis -1 for no limit
     */
    void poll(Sys sys, long timeoutMillis) {
        compact();
        set.clear();
        boolean eager = false;
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < watches.size(); i++) {
            Watch watch = watches.get(i);
            watch.beginTurn();
            set.add(watch.descriptor(), watch.asked());
            eager |= watch.eager();
            deadline = Math.min(deadline, watch.deadline());
        }
        int waiting = set.size();
        int found = sys.poll(set, eager ? 0 : earlier(timeoutMillis, deadline, sys));
        if (found > 0 || eager) {
            serve(sys, waiting, found > 0);
        }
        if (deadline != Long.MAX_VALUE) {
            seeOffLate(sys, waiting);
        }
    }

    /**
     * The init's own business first; then others in turn, for as long as a turn may take: the rest is still ready in the next.
     * What is bulky comes last, and at least one of it goes on.
     */
    private void serve(Sys sys, int waiting, boolean found) {
        for (int i = 0; i < waiting; i++) {
            if (!watches.get(i).patient()) {
                serve(i, found);
            }
        }
        long end = sys.monotonicMillis() + LONGEST_TURN;
        next = serveInTurn(sys, waiting, found, false, next, end);
        nextBulky = serveInTurn(sys, waiting, found, true, nextBulky, end);
    }

    /** Serves patient ones from {@code first} on, until the time is over, but one at least; where to go on in the next turn. */
    private int serveInTurn(Sys sys, int waiting, boolean found, boolean bulky, int first, long end) {
        for (int i = 0; i < waiting; i++) {
            int index = (first + i) % waiting;
            Watch watch = watches.get(index);
            boolean served = watch.patient() && watch.bulky() == bulky && serve(index, found);
            if (served && sys.monotonicMillis() >= end) {
                return index + 1;
            }
        }
        return first;
    }

    /** Whether it was its turn. */
    private boolean serve(int index, boolean found) {
        Watch watch = watches.get(index);
        boolean due = (found && set.found(index)) || watch.eager();
        // One that went before it may have removed it.
        if (!due || watch.removed()) {
            return false;
        }
        watch.ready();
        return true;
    }

    private static long earlier(long timeoutMillis, long deadline, Sys sys) {
        if (deadline == Long.MAX_VALUE) {
            return timeoutMillis;
        }
        long left = Math.max(0, deadline - sys.monotonicMillis());
        return timeoutMillis < 0 ? left : Math.min(timeoutMillis, left);
    }

    private void seeOffLate(Sys sys, int waiting) {
        long now = sys.monotonicMillis();
        for (int i = 0; i < waiting; i++) {
            Watch watch = watches.get(i);
            if (!watch.removed() && watch.deadline() <= now) {
                watch.late();
            }
        }
    }

    /** Only between polls, so that the indexes of the set stay those of the list. */
    private void compact() {
        if (!stale) {
            return;
        }
        stale = false;
        int kept = 0;
        for (int i = 0; i < watches.size(); i++) {
            Watch watch = watches.get(i);
            if (!watch.removed()) {
                watches.set(kept++, watch);
            }
        }
        while (watches.size() > kept) {
            watches.remove(watches.size() - 1);
        }
    }
}
