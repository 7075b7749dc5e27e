package dev.pintle.init.control;

import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.LayoutChange;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.TestResult;
import dev.pintle.init.loop.Loop;
import dev.pintle.init.sys.ExitStatus;
import org.jspecify.annotations.Nullable;

/** Tells subscribers what happens, and has a look whether anybody has what he waits for. */
final class Events implements Loop.Listener {
    private final Server server;
    /** How the run ended of which the next change tells; null where it tells of none. */
    private @Nullable ExitStatus end;
    /** The same in words. */
    private String howItEnded = "";

    Events(Server server) {
        this.server = server;
    }

    @Override
    public void ended(String name, ExitStatus status, String how) {
        end = status;
        howItEnded = how;
    }

    @Override
    public void changed(String name, State from, State to) {
        ExitStatus ended = end;
        end = null;
        if (!server.hasClients()) {
            return;
        }
        Message event = event("state").with("service", name);
        event.with("from", from.text()).with("to", to.text());
        Service service = server.supervisor().service(name);
        if (service != null) {
            String reason = server.supervisor().explain(service);
            if (!reason.isEmpty()) {
                event.with("reason", reason);
            }
            if (ended != null) {
                event.with("ended", howItEnded);
                StatusReport.addExit(ended, event::with);
            }
        }
        server.tell(name, event);
        server.lookAtGoals(name);
    }

    @Override
    public void healthChanged(String service, HealthState to) {
        if (server.hasClients()) {
            server.tell(service, health(service, to));
        }
        server.lookAtGoals(service);
    }

    private Message health(String name, HealthState to) {
        Message event = event("health").with("service", name).with("to", to.text());
        Service service = server.supervisor().service(name);
        TestResult test = service == null ? null : service.lastTest();
        if (test != null && to == HealthState.UNHEALTHY) {
            event.with("reason", test.inOneLine());
            StatusReport.addExit(test.end(), event::with);
            event.with("output", test.output());
        }
        return event;
    }

    @Override
    public void proved(String service) {
        server.lookAtGoals(service);
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
        server.lookAtGoals("");
    }

    private Message event(String what) {
        return Message.empty().with("event", what).with("time_ms", server.sys().wallClockMillis());
    }
}
