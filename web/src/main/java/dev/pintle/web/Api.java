package dev.pintle.web;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.PintleVersion;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/}: what {@code pintle} can do, for programs. */
final class Api {
    /** Why the page's own program is not stopped. */
    static final String NOT_HERE =
            "cannot stop " + Layout.WEB + " here: this page could not start it again; use pintle stop";

    private static final String BASE = "/api/v1/";
    private static final String SERVICE = BASE + "services/{name}";
    private static final String GET = "GET";
    /** Milliseconds that are waited for what a request waits for, where it does not say. */
    private static final long USUAL_WAIT = 30_000;
    /** Milliseconds that are waited at most. */
    private static final long LONGEST_WAIT = 3_600_000;
    /** Milliseconds until a layout was checked. */
    private static final long LONGEST_CHECK = 20_000;

    private final ToolSys sys;

    Api(ToolSys sys) {
        this.sys = sys;
    }

    void addTo(Routes routes) {
        routes.add(
                GET, BASE + "services", Level.READ, "Show all services", call -> services(Message.request("status")));
        routes.add(GET, SERVICE, Level.READ, "Show a service, with its last failures and health check", Api::service);
        order(routes, SERVICE + "/start", "Start services and what they depend on", call -> act(call, "start"));
        order(routes, SERVICE + "/stop", "Stop services and what depends on them", call -> act(call, "stop"));
        order(routes, SERVICE + "/restart", "Stop services and start them again", call -> act(call, "restart"));
        order(routes, SERVICE + "/reload", "Have services reload their configuration", call -> act(call, "reload"));
        order(routes, SERVICE + "/signal", "Send a signal to services", Api::signal);
        order(routes, BASE + "reload", "Read the layout again and apply what differs", Api::reload);
        order(routes, BASE + "shutdown", "Stop the container", Api::shutdown);
        routes.add(
                GET,
                BASE + "graph",
                Level.READ,
                "Show what depends on what",
                call -> services(Message.request("status").with("edges", true)));
        routes.add(
                GET,
                BASE + "health",
                Level.READ,
                "Tell whether all that should be up is ready and healthy",
                call -> Outcome.Question.of(Message.request("health"), reply -> told(Status.OK, reply)));
        routes.add(
                GET, BASE + "check", Level.READ, "Check the layout that the next reload would take", call -> check());
        routes.add(GET, BASE + "version", Level.READ, "Show the version", call -> version());
        routes.add(GET, BASE + "events", Level.READ, "Follow changes as server-sent events", Api::events);
        routes.add(GET, BASE + "logs/{name}", Level.READ, "Show what a service has written, and follow it", this::logs);
        routes.add(
                GET,
                BASE + "openapi.json",
                Level.READ,
                "Describe this API",
                call -> Answer.json(Status.OK, OpenApi.of(routes)));
    }

    /** An address that does something: what a program has to say beyond it is an object of JSON, or nothing, or a form. */
    private static void order(Routes routes, String path, String summary, Routes.Handler handler) {
        routes.add(
                "POST",
                path,
                Level.OPERATE,
                summary,
                call -> Arguments.areGood(call.request())
                        ? handler.of(call)
                        : Problem.of(
                                Status.BAD_REQUEST,
                                "malformed",
                                "cannot understand the body: it is not an object of JSON"));
    }

    /** A reply without what every reply has, or why not. */
    private static Answer told(Status status, Reply reply) {
        return reply.ok() ? Answer.json(status, reply.body()) : Problem.of(reply.message());
    }

    private static Answer version() {
        String text = "{\"version\":\"" + PintleVersion.number() + "\",\"protocol\":" + Message.VERSION + "}\n";
        return Answer.json(Status.OK, Pieces.of(text));
    }

    private static Outcome services(Message request) {
        return Outcome.Question.of(request, reply -> told(Status.OK, reply));
    }

    private static List<@Nullable Object> names(Routes.Call call) {
        return new ArrayList<>(List.of(call.name()));
    }

    private static Outcome service(Routes.Call call) {
        Message request = Message.request("status").with("edges", true).with("names", names(call));
        return Outcome.Question.of(request, reply -> {
            List<Message> services = reply.message().objects("services");
            boolean one = services.size() == 1 && services.get(0).text("name").equals(call.name());
            return one ? Answer.json(Status.OK, Pieces.of(services.get(0).line() + "\n")) : told(Status.OK, reply);
        });
    }

    // Orders

    private static Outcome act(Routes.Call call, String what) {
        if (what.equals("stop") && call.name().equals(Layout.WEB)) {
            return Problem.of(Status.CONFLICT, "failed", NOT_HERE);
        }
        Message request = Message.request(what).with("names", names(call));
        if (what.equals("reload")) {
            request.with("must_run", true);
        }
        return order(call, request);
    }

    private static Outcome signal(Routes.Call call) {
        String signal = new Arguments(call.request()).text("signal");
        try {
            return order(
                    call,
                    Message.request("signal")
                            .with("must_run", true)
                            .with("names", names(call))
                            .with("signal", (long) Values.signal(signal)));
        } catch (BadValueException e) {
            return Problem.of(
                    Status.BAD_REQUEST, "no-signal", "cannot send a signal: there is no signal '" + signal + "'");
        }
    }

    private static Outcome reload(Routes.Call call) {
        return order(call, Message.request("reload"));
    }

    private static Outcome shutdown(Routes.Call call) {
        String code = new Arguments(call.request()).text("code");
        Message request = Message.request("shutdown");
        if (!code.isEmpty()) {
            try {
                request.with("code", (long) Values.count(code, 255));
            } catch (BadValueException e) {
                return Problem.of(
                        Status.BAD_REQUEST, "no-code", "cannot shut down with code " + code + ": it is not 0 to 255");
            }
        }
        return Outcome.Question.of(request, reply -> told(Status.ACCEPTED, reply));
    }

    /** Gives an order, and where the request says so waits until it is carried out. */
    private static Outcome order(Routes.Call call, Message request) {
        Arguments arguments = new Arguments(call.request());
        boolean wait = arguments.text("wait").equals("true");
        String timeout = arguments.text("timeout");
        long patience;
        try {
            patience = timeout.isEmpty() ? USUAL_WAIT : Values.duration(timeout);
        } catch (BadValueException e) {
            return Problem.of(
                    Status.BAD_REQUEST,
                    "no-time",
                    "cannot wait for " + timeout + ": timeout takes a duration such as 30s");
        }
        boolean reload = request.text("do").equals("reload");
        return new Outcome.Question(
                request.with("wait", wait),
                wait ? Math.min(patience, LONGEST_WAIT) : reload ? USUAL_WAIT : Outcome.Question.SHORT,
                false,
                reply -> told(wait || reload ? Status.OK : Status.ACCEPTED, reply));
    }

    // What takes a child

    private Outcome check() {
        return new Outcome.Work(
                pipe -> Findings.write(sys, pipe),
                LONGEST_CHECK,
                output -> output.length == 0
                        ? Problem.of(
                                Status.UNAVAILABLE,
                                "failed",
                                "cannot check the layout: it took too long or too much memory")
                        : Answer.json(Status.OK, new Pieces().add(output)));
    }

    private static Outcome events(Routes.Call call) {
        String after = call.request().header("last-event-id");
        return new Outcome.Events(after, call.request().parameter("service"));
    }

    private Outcome logs(Routes.Call call) {
        return new Logs(sys).of(call);
    }

    /** What a request says beyond its address: the members of an object of JSON, or the fields of a form or of the query. */
    private static final class Arguments {
        private final HttpRequest request;
        private final @Nullable Map<?, ?> members;

        Arguments(HttpRequest request) {
            this.request = request;
            this.members = members(request.body());
        }

        /** Whether a body that is said to be JSON is an object. */
        static boolean areGood(HttpRequest request) {
            boolean json = Ascii.lower(request.header("content-type")).startsWith("application/json");
            return !json || request.body().isEmpty() || members(request.body()) != null;
        }

        private static @Nullable Map<?, ?> members(String body) {
            try {
                return Json.parse(body) instanceof Map<?, ?> map ? map : null;
            } catch (Json.MalformedException e) {
                return null;
            }
        }

        /** One of them as text; empty where there is none. */
        String text(String name) {
            Object member = members == null ? null : members.get(name);
            if (member != null) {
                return String.valueOf(member);
            }
            String field = Escapes.field(request.body(), name);
            return field.isEmpty() ? request.parameter(name) : field;
        }
    }
}
