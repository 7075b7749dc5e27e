package dev.pintle.init.loop;

import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Sys;
import java.util.ArrayList;
import java.util.List;

/** All descriptors that the loop waits for. */
public final class Watches {
    private final List<Watch> watches = new ArrayList<>();
    private final PollSet set = new PollSet();
    private boolean stale;

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
     * Waits until one is ready or the time is over, and has those that are ready do their work.
     *
     * @param timeoutMillis -1 for no limit
     */
    void poll(Sys sys, long timeoutMillis) {
        compact();
        set.clear();
        boolean eager = false;
        for (int i = 0; i < watches.size(); i++) {
            Watch watch = watches.get(i);
            set.add(watch.descriptor(), watch.asked());
            eager |= watch.eager();
        }
        int waiting = set.size();
        int found = sys.poll(set, eager ? 0 : timeoutMillis);
        if (found <= 0 && !eager) {
            return;
        }
        for (int i = 0; i < waiting; i++) {
            Watch watch = watches.get(i);
            boolean due = (found > 0 && set.found(i)) || watch.eager();
            // One that went before it may have removed it.
            if (due && !watch.removed()) {
                watch.ready();
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
