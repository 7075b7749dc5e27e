package dev.pintle.init.control;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.sys.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each request does. */
final class Requests {

    /**
     * What a request leads to.
     *
     * @param reply what is sent, unless there is a goal
     * @param goal  what is waited for before something is sent, or null
     */
    record Answer(Message reply, @Nullable Goal goal) {
        static Answer of(Message reply) {
            return new Answer(reply, null);
        }
    }

    private final Server server;

    Requests(Server server) {
        this.server = server;
    }

    Answer answer(Message request) {
        if (request.version() != Message.VERSION) {
            return Answer.of(Message.refused(
                    "version",
                    "cannot serve the request: this init speaks version " + Message.VERSION
                            + " of the protocol (\"pintle\": " + Message.VERSION + ")"));
        }
        String what = request.text("do");
        return switch (what) {
            case "status" -> status(request);
            case "health" -> health();
            case "start", "stop", "restart", "reload", "signal" -> act(what, request);
            case "shutdown" -> shutdown(request);
            default ->
                Answer.of(Message.refused(
                        "unknown-request", "cannot do " + Json.write(what) + ": there is no such request"));
        };
    }

    private Answer status(Message request) {
        Selection selection = select(request);
        if (!selection.unknown().isEmpty()) {
            return noSuchService("show", selection);
        }
        StatusReport report = new StatusReport(server.supervisor(), server.sys().monotonicMillis());
        return Answer.of(Message.done()
                .with("stopping", server.supervisor().stopping())
                .with("services", report.of(selection.services())));
    }

    private Answer health() {
        Supervisor supervisor = server.supervisor();
        List<String> troubles = new StatusReport(supervisor, server.sys().monotonicMillis()).troubles();
        if (supervisor.stopping()) {
            troubles.add(0, "the container is stopping");
        }
        boolean healthy = troubles.isEmpty();
        return Answer.of(
                Message.done().with("healthy", healthy).with("troubles", new ArrayList<@Nullable Object>(troubles)));
    }

    private Answer act(String what, Message request) {
        if (request.texts("names").isEmpty()) {
            return Answer.of(
                    Message.refused("no-names", "cannot " + what + " nothing: name services, @groups, or all"));
        }
        Selection selection = select(request);
        if (!selection.unknown().isEmpty()) {
            return noSuchService(what, selection);
        }
        if (server.supervisor().stopping() && !what.equals("stop") && !what.equals("signal")) {
            return Answer.of(Message.refused("stopping", "cannot " + what + ": the container is stopping"));
        }
        List<String> names = selection.services();
        boolean wait = request.flag("wait");
        switch (what) {
            case "start" -> server.dispatch(new Event.StartRequested(names));
            case "stop" -> server.dispatch(new Event.StopRequested(names));
            case "restart" -> server.dispatch(new Event.RestartRequested(names));
            case "reload" -> server.dispatch(new Event.ReloadRequested(names));
            default -> {
                long signal = request.number("signal", 0);
                if (signal < 1 || signal > Signal.MAX) {
                    return Answer.of(Message.refused("no-signal", "cannot send a signal: there is no such signal"));
                }
                server.dispatch(new Event.SignalRequested(names, (int) signal));
            }
        }
        Message reply = Message.done().with("services", new ArrayList<@Nullable Object>(names));
        Goal goal = switch (what) {
            case "start", "restart" -> new Goal(Goal.Kind.UP, names);
            case "stop" -> new Goal(Goal.Kind.DOWN, names);
            default -> null;
        };
        return wait && goal != null ? new Answer(reply, goal) : Answer.of(reply);
    }

    private Answer shutdown(Message request) {
        long code = request.number("code", -1);
        if (code > 255) {
            return Answer.of(Message.refused("no-code", "cannot shut down with code " + code + ": it is above 255"));
        }
        server.dispatch(new Event.ShutdownRequested((int) Math.max(code, -1)));
        return Answer.of(Message.done());
    }

    private Selection select(Message request) {
        return Selection.of(server.supervisor().services(), request.texts("names"));
    }

    private static Answer noSuchService(String what, Selection selection) {
        String names = String.join(", ", selection.unknown());
        return Answer.of(Message.refused(
                "no-such-service", "cannot " + what + " " + names + ": there is no such service or group"));
    }
}
