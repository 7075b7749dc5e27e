package dev.pintle.init.control;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.LayoutChange;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.loop.Reload;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ServiceDefinition.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each request does. */
final class Requests {

    /**
     * What a request leads to.
     *
     * @param reply        what is sent, unless there is a goal or a long reply
     * @param longReply    what is sent a piece at a time, or null
     * @param goal         what is waited for before something is sent, or null
     * @param subscription what the client hears of from now on, or null for what it heard of before
     * @param end          whether the container ends by it
     */
    record Answer(
            Message reply,
            @Nullable LongReply longReply,
            @Nullable Goal goal,
            @Nullable Subscription subscription,
            boolean end) {
        static Answer of(Message reply) {
            return new Answer(reply, null, null, null, false);
        }

        /** A reply that ends with a list of entries of services. */
        static Answer of(Message reply, String list, List<String> services, LongReply.Entries entries) {
            return new Answer(reply, new LongReply(reply, list, services, entries), null, null, false);
        }

        static Answer after(Goal goal, Message reply) {
            return new Answer(reply, null, goal, null, false);
        }
    }

    /** Characters of what a client has sent that it is told again. */
    private static final int MOST_QUOTED = 4_096;

    private static final Message STOPPING = Message.refused("stopping", "cannot reload: the container is stopping");
    private static final Message NOT_READ =
            Message.refused("failed", "cannot reload: the layout could not be read; nothing has changed");

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
            case "init" -> Answer.of(Identity.of(server.sys()));
            case "wait" -> await(request);
            case "subscribe" -> subscribe(request);
            case "logs" -> logs(request);
            case "start", "stop", "restart", "signal" -> act(what, request);
            case "reload" -> request.texts("names").isEmpty() ? reload(request) : act(what, request);
            case "shutdown" -> shutdown(request);
            default ->
                Answer.of(Message.refused(
                        "unknown-request", "cannot do " + Json.write(shortened(what)) + ": there is no such request"));
        };
    }

    private Answer status(Message request) {
        Selection selection = select(request);
        if (!selection.unknown().isEmpty()) {
            return noSuchService("show", selection);
        }
        boolean edges = request.flag("edges");
        boolean details = !request.texts("names").isEmpty();
        List<String> names = selection.services();
        if (details) {
            addTroubledLoggers(names);
        }
        Message reply = Message.done().with("stopping", server.supervisor().stopping());
        return Answer.of(reply, "services", names, (name, entries) -> {
            Service service = server.supervisor().service(name);
            if (service != null) {
                StatusReport report = report();
                report.edges = edges;
                report.details = details;
                entries.add(report.of(service));
            }
        });
    }

    /** What keeps the lines of a service from being written is said with it. */
    private void addTroubledLoggers(List<String> names) {
        StatusReport report = report();
        for (String name : List.copyOf(names)) {
            Service logger = server.supervisor().service(name + Layout.LOG);
            if (logger != null && report.trouble(logger) != null && !names.contains(logger.name())) {
                names.add(logger.name());
            }
        }
    }

    private StatusReport report() {
        return new StatusReport(server.supervisor(), server.sys().monotonicMillis());
    }

    private Answer health() {
        Supervisor supervisor = server.supervisor();
        List<String> troubles = report().troubles();
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
        String idle = request.flag("must_run") ? idle(selection) : "";
        List<String> awaited = what.equals("restart") ? server.supervisor().restartedWith(names) : names;
        switch (what) {
            case "start" ->
                server.dispatch(
                        request.flag("once") ? new Event.OnceRequested(names) : new Event.StartRequested(names));
            case "stop" -> server.dispatch(new Event.StopRequested(names, request.flag("only")));
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
        if (!idle.isEmpty()) {
            return Answer.of(Message.refused("not-running", "cannot " + what + " " + idle));
        }
        Message reply = Message.done().with("services", new ArrayList<@Nullable Object>(names));
        int goal = switch (what) {
            case "start", "restart" -> request.flag("once") ? Goal.UP : Goal.RUNNING;
            case "stop" -> Goal.DOWN;
            case "reload" -> Goal.RELOADED;
            default -> -1;
        };
        if (!request.flag("wait") || goal < 0) {
            return Answer.of(reply);
        }
        Goal whole = new Goal(reply).and(goal, awaited);
        server.dispatch(new Event.ProofAwaited(awaited));
        if (goal == Goal.RUNNING) {
            List<String> needed = server.supervisor().neededBy(awaited);
            server.dispatch(new Event.ProofAwaited(needed));
            whole.andNeeded(needed);
        }
        return Answer.after(whole, reply);
    }

    /**
     * What does not run, with its state, of services that something is to be sent to. Of a group and of all it is no mistake that
     * some do not, so only those count that are named themselves, unless none runs.
     */
    private String idle(Selection selection) {
        List<String> names = selection.services();
        List<String> idle = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (String name : names) {
            Service service = server.supervisor().service(name);
            if (service != null && service.pid() == 0) {
                String text = name + ": it " + service.state().phrase();
                idle.add(text);
                if (selection.isNamed(name)) {
                    named.add(text);
                }
            }
        }
        return String.join("; ", idle.size() == names.size() ? idle : named);
    }

    private Answer await(Message request) {
        Selection selection = select(request);
        if (!selection.unknown().isEmpty()) {
            return noSuchService("wait for", selection);
        }
        List<String> names = selection.services();
        if (request.texts("names").isEmpty()) {
            names = request.texts("gone").isEmpty() ? wantedOf(names) : List.of();
        }
        String state = request.text("for");
        boolean named = !request.texts("names").isEmpty();
        Condition condition = condition(state);
        int test = test(state, condition);
        if (test < 0) {
            return Answer.of(Message.refused(
                    "no-such-state",
                    "cannot wait for services to be " + Json.write(shortened(state)) + ": there is no such state"));
        }
        Message reply = Message.done().with("services", new ArrayList<@Nullable Object>(names));
        Goal goal = new Goal(reply).and(test, names).and(Goal.GONE, known(request.texts("gone")));
        goal.condition = condition;
        goal.named = named;
        if (request.flag("late")) {
            return Answer.of(Message.done()
                    .with("late", goal.late(server.supervisor(), server.sys().monotonicMillis(), state)));
        }
        server.dispatch(new Event.ProofAwaited(names));
        return Answer.after(goal, reply);
    }

    /** What is to come of each service; -1 for a word that says nothing of the kind. */
    private static int test(String state, @Nullable Condition condition) {
        if (state.equals("down")) {
            return Goal.DOWN;
        }
        if (state.equals("up")) {
            return Goal.UP;
        }
        if (state.equals("reloaded")) {
            return Goal.RELOADED;
        }
        return condition == null && !state.isEmpty() ? -1 : Goal.CONDITION;
    }

    /** Those that are names of services: whatever else a client names has gone already. */
    private List<String> known(List<String> names) {
        List<String> known = new ArrayList<>();
        for (String name : names) {
            if (server.supervisor().service(name) != null) {
                known.add(name);
            }
        }
        return known;
    }

    private static @Nullable Condition condition(String text) {
        for (Condition condition : Condition.values()) {
            if (condition.text().equals(text)) {
                return condition;
            }
        }
        return null;
    }

    private Answer subscribe(Message request) {
        Selection selection = select(request);
        if (!selection.unknown().isEmpty()) {
            return noSuchService("watch", selection);
        }
        List<String> names = request.texts("names").isEmpty() ? List.of() : selection.services();
        return new Answer(Message.done(), null, null, new Subscription(names), false);
    }

    private Answer logs(Message request) {
        Selection selection = select(request);
        if (!selection.unknown().isEmpty()) {
            return noSuchService("show the output of", selection);
        }
        List<@Nullable Object> reopened = new ArrayList<>();
        for (String name : request.flag("reopen") ? selection.services() : List.<String>of()) {
            if (server.reopenFiles(name)) {
                reopened.add(name);
            }
        }
        boolean asked = !request.texts("names").isEmpty();
        Message reply = Message.done().with("reopened", reopened);
        return Answer.of(reply, "streams", selection.services(), (name, entries) -> {
            Service service = server.supervisor().service(name);
            if (service != null) {
                new OutputPlaces(server, entries).add(service.definition(), asked);
            }
        });
    }

    private Answer reload(Message request) {
        if (server.supervisor().stopping()) {
            return Answer.of(STOPPING);
        }
        Goal goal = new Goal();
        boolean dryRun = request.flag("dry_run");
        boolean wait = request.flag("wait") && !dryRun;
        server.reload(reload -> tellOf(reload, goal, wait), dryRun);
        return Answer.after(goal, STOPPING);
    }

    private void tellOf(Reload reload, Goal goal, boolean wait) {
        LayoutChange change = reload.change();
        List<@Nullable Object> diagnostics = reload.texts();
        int errors = 0;
        for (Diagnostic diagnostic : reload.diagnostics()) {
            errors += diagnostic.severity() == Diagnostic.Severity.ERROR ? 1 : 0;
        }
        if (change == null && errors == 0) {
            goal.answer(server.supervisor().stopping() ? STOPPING : NOT_READ);
            return;
        }
        if (change == null) {
            String what = "cannot take over the layout: it has " + errors + (errors == 1 ? " error" : " errors")
                    + "; nothing has changed";
            goal.answer(Message.refused("bad-layout", what).with("diagnostics", diagnostics));
            return;
        }
        Message reply = describe(change, Message.done())
                .with("outdated", new ArrayList<@Nullable Object>(reload.outdated()))
                .with("diagnostics", diagnostics);
        List<String> starting = wantedOf(change.added());
        for (String name : change.restarted()) {
            starting.add(name);
        }
        goal.answer(reply.with("starting", new ArrayList<@Nullable Object>(starting)));
        if (wait) {
            server.dispatch(new Event.ProofAwaited(starting));
            goal.and(Goal.UP, starting).and(Goal.GONE, change.removed());
        }
    }

    /** Adds to a message what a new layout changes. */
    static Message describe(LayoutChange change, Message message) {
        return message.with("added", new ArrayList<@Nullable Object>(change.added()))
                .with("removed", new ArrayList<@Nullable Object>(change.removed()))
                .with("restarted", new ArrayList<@Nullable Object>(change.restarted()))
                .with("updated", new ArrayList<@Nullable Object>(change.updated()));
    }

    private List<String> wantedOf(List<String> names) {
        List<String> wanted = new ArrayList<>();
        for (String name : names) {
            Service service = server.supervisor().service(name);
            if (service != null && service.wanted()) {
                wanted.add(name);
            }
        }
        return wanted;
    }

    private Answer shutdown(Message request) {
        long code = request.number("code", -1);
        if (code > 255) {
            return Answer.of(Message.refused("no-code", "cannot shut down with code " + code + ": it is above 255"));
        }
        server.dispatch(new Event.ShutdownRequested((int) Math.max(code, -1)));
        return new Answer(Message.done(), null, null, null, true);
    }

    /** What a client has sent, as it is told to it: it may be as long as a request, and six times as long where it is escaped. */
    private static String shortened(String sent) {
        return sent.length() > MOST_QUOTED ? sent.substring(0, MOST_QUOTED) + "…" : sent;
    }

    private Selection select(Message request) {
        return Selection.of(server.supervisor().services(), request.texts("names"));
    }

    private static Answer noSuchService(String what, Selection selection) {
        String names = shortened(String.join(", ", selection.unknown()));
        return Answer.of(Message.refused(
                "no-such-service", "cannot " + what + " " + names + ": there is no such service or group"));
    }
}
