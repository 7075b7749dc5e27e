package dev.pintle.init.loop;

import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Readings of the layout that somebody has asked for: the one that is under way, and the next. */
final class Reloading {

    /** Hears what came of reading the layout anew. */
    interface Listener {
        /** It was taken over, or has errors. */
        void reloaded(Reload reload);
    }

    private final LayoutLoader loader;
    private final UnaryOperator<Layout> sharing;
    private LayoutLoader.@Nullable Reading reading;
    private @Nullable ParseResult read;
    /** What was read, in a form that is taken over in a short time. */
    private @Nullable ParseResult shared;

    private List<Listener> listeners = new ArrayList<>();
    /** What has been asked for since the reading began: it may have missed an edit, so they are told of another one. */
    private List<Listener> late = new ArrayList<>();
    /** Whether what is being read is taken over, and not just compared; and the same of the next reading. */
    private boolean takesOver;

    private boolean takesOverLater;

    Reloading(LayoutLoader loader, UnaryOperator<Layout> sharing) {
        this.loader = loader;
        this.sharing = sharing;
    }

    /** Whether there is something to do. */
    boolean busy() {
        return reading != null;
    }

    /** Whether what is being read is taken over. */
    boolean takesOver() {
        return takesOver;
    }

    /** Has the layout read as it is from now on, and a listener told once; with {@code dryRun} nobody needs it taken over. */
    void request(Listener listener, boolean dryRun) {
        List<Listener> told = reading == null ? listeners : late;
        if (reading == null) {
            reading = loader.begin();
            takesOver = !dryRun;
        } else {
            takesOverLater |= !dryRun;
        }
        for (Listener each : told) {
            if (each == listener) {
                return;
            }
        }
        told.add(listener);
    }

    /** Reads a piece; what was read, once that is all, else null. */
    @Nullable
    ParseResult step() {
        LayoutLoader.Reading begun = reading;
        ParseResult whole = read;
        if (shared != null || begun == null) {
            return shared;
        }
        if (whole == null) {
            read = begun.step();
        } else {
            Layout layout = whole.layout();
            shared = layout == null ? whole : whole.with(sharing.apply(layout));
        }
        return null;
    }

    /** The reading is over. Those who asked for it are told, and those who came late have the next one begin. */
    void conclude(Reload reload) {
        List<Listener> told = listeners;
        listeners = late;
        late = new ArrayList<>();
        takesOver = takesOverLater;
        takesOverLater = false;
        read = null;
        shared = null;
        reading = listeners.isEmpty() ? null : loader.begin();
        for (Listener listener : told) {
            listener.reloaded(reload);
        }
    }
}
