package dev.pintle.init.sim;

import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.LayoutChange;
import dev.pintle.init.core.State;
import dev.pintle.init.loop.Loop;
import java.util.ArrayList;
import java.util.List;

/** Everything that subscribers are to hear of, in its order. */
final class News implements Loop.Listener {
    private final List<String> told = new ArrayList<>();

    private final SimSys sys;

    News(SimSys sys) {
        this.sys = sys;
    }

    /** How much there has been. */
    int size() {
        return told.size();
    }

    String get(int index) {
        return told.get(index);
    }

    @Override
    public void changed(String service, State from, State to) {
        told.add(service + " " + from.text() + " " + to.text());
    }

    @Override
    public void healthChanged(String service, HealthState to) {
        told.add(service + "  " + to.text());
    }

    @Override
    public void proved(String service) {
        sys.poll.noteEffect();
    }

    @Override
    public void stopBegun() {
        told.add("stopping");
    }

    @Override
    public void layoutTaken(LayoutChange change) {
        told.add("layout");
    }
}
