package dev.pintle.init.loop;

import dev.pintle.init.core.LayoutChange;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.layout.Diagnostic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds the services that keep running though files that they were made of have changed: after a reload, some in each turn. */
final class Outdated {
    /** Each may have as many files of variables as a layout allows. */
    private static final int LOOKED_AT_PER_TURN = 16;

    private final List<Diagnostic> diagnostics;
    private final LayoutChange change;
    private final List<Service> services;
    private final List<String> found = new ArrayList<>();
    private int next;

    /** What was read, what it has changed, and the services that there are since. */
    Outdated(List<Diagnostic> diagnostics, LayoutChange change, Collection<Service> services) {
        this.diagnostics = diagnostics;
        this.change = change;
        this.services = new ArrayList<>(services);
    }

    /** Looks at some. */
    void lookOn(Children children) {
        for (int i = 0; i < LOOKED_AT_PER_TURN && !over(); i++) {
            Service service = services.get(next++);
            boolean runs = service.state() == State.UP || service.state() == State.READY;
            if (runs && children.isOutdated(service.definition())) {
                found.add(service.name());
            }
        }
    }

    /** Whether all have been looked at. */
    boolean over() {
        return next == services.size();
    }

    /** What came of the reload. */
    Reload reload() {
        return new Reload(diagnostics, change, found);
    }
}
