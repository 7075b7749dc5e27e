package dev.pintle.init.control;

import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client waits for after its request: services to be up, or to be down. */
final class Goal {

    /** The kinds of goal. */
    enum Kind {
        /** Ready, or completed. */
        UP,
        /** Not running. */
        DOWN
    }

    private final Kind kind;
    private final List<String> services;

    Goal(Kind kind, List<String> services) {
        this.kind = kind;
        this.services = services;
    }

    /** The reply, where it is reached or cannot be reached any more; else null. */
    @Nullable
    Message reply(Supervisor supervisor) {
        List<String> failed = new ArrayList<>();
        for (String name : services) {
            Service service = supervisor.service(name);
            if (service == null) {
                continue;
            }
            boolean over =
                    kind == Kind.UP ? upOrNever(service) : service.state().settled();
            if (!over) {
                return null;
            }
            if (kind == Kind.UP && service.state() != State.READY && service.state() != State.DONE) {
                failed.add(name + " is " + service.state().text() + why(service));
            }
        }
        if (failed.isEmpty()) {
            return Message.done().with("services", new ArrayList<@Nullable Object>(services));
        }
        return Message.refused("failed", String.join("; ", failed));
    }

    /** Up, or going to be no more by itself: a first failed start is told at once, and what is tried next. */
    private static boolean upOrNever(Service service) {
        return switch (service.state()) {
            case READY, DONE, FAILED, DOWN, BACKOFF -> true;
            case WAITING, STARTING, UP, STOPPING, FINISHING -> false;
        };
    }

    private static String why(Service service) {
        String reason = service.reason();
        return reason == null ? "" : ": " + reason;
    }
}
