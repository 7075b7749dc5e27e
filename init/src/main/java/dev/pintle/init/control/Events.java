package dev.pintle.init.control;

import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.LayoutChange;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.loop.Loop;

/** Tells subscribers what happens, and has a look whether anybody has what he waits for. */
final class Events implements Loop.Listener {
    private final Server server;

    Events(Server server) {
        this.server = server;
    }

    @Override
    public void changed(String name, State from, State to) {
        if (!server.hasClients()) {
            return;
        }
        Message event = event("state").with("service", name);
        event.with("from", from.text()).with("to", to.text());
        Service service = server.supervisor().service(name);
        if (service != null && service.reason() != null) {
            event.with("reason", service.reason());
        }
        server.tell(name, event);
        server.lookAtGoals();
    }

    @Override
    public void healthChanged(String service, HealthState to) {
        server.tell(service, event("health").with("service", service).with("to", to.text()));
        server.lookAtGoals();
    }

    @Override
    public void stopBegun() {
        server.tell("", event("stopping"));
    }

    @Override
    public void over() {
        server.seeOff();
    }

    @Override
    public void layoutTaken(LayoutChange change) {
        server.tell("", Requests.describe(change, event("layout")));
        server.lookAtGoals();
    }

    private Message event(String what) {
        return Message.empty().with("event", what).with("time_ms", server.sys().wallClockMillis());
    }
}
