package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a request: whether it is served, whose it is, what that one may, and the address that it is for. */
final class Site {
    private static final String TOKEN_HEADER = "x-pintle-token";
    private static final String TOKEN_FIELD = "token";
    /** What a form of another site can send without being asked for its right to (Fetch, "CORS-safelisted request-header"). */
    private static final List<String> FORM_TYPES =
            List.of("", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    private static final String HEALTH = "/health";

    private final ToolSys sys;
    private final Access access;
    private final Hosts hosts;
    private final Metrics metrics = new Metrics();
    private final Routes routes = new Routes();

    Site(ToolSys sys, Access access, Hosts hosts) {
        this.sys = sys;
        this.access = access;
        this.hosts = hosts;
        routes.add("GET", "/", Level.READ, "", this::page);
        routes.add(
                "GET",
                "/page.js",
                Level.NOBODY,
                "",
                call -> Answer.of(Status.OK, "text/javascript", Pieces.of(Page.SCRIPT), ""));
        routes.add("GET", "/status", Level.READ, "", call -> status());
        routes.add("GET", "/metrics", Level.METRICS, "", this::metrics);
        routes.add("POST", "/services/{name}/start", Level.OPERATE, "", call -> press(call, "start"));
        routes.add("POST", "/services/{name}/stop", Level.OPERATE, "", call -> press(call, "stop"));
        routes.add("POST", "/services/{name}/restart", Level.OPERATE, "", call -> press(call, "restart"));
        new LogIn(access).addTo(routes);
        new Api(sys).addTo(routes);
    }

    /**
     * What to answer.
     *
     * @param unasked who it is who says no name
     */
    Outcome answer(HttpRequest request, Caller unasked) {
        if (request.method().isEmpty()) {
            return Problem.of(Status.BAD_REQUEST, "malformed", "cannot understand the request");
        }
        if (request.isGet() && request.path().equals(HEALTH)) {
            return health(hosts.allows(request.header("host")));
        }
        if (!hosts.allows(request.header("host"))) {
            return Problem.of(
                    Status.MISDIRECTED,
                    "wrong-name",
                    "cannot serve under that name: set allowed_hosts under [web] in pintle.conf");
        }
        return access.identify(request, unasked, caller -> route(request, caller));
    }

    private Outcome route(HttpRequest request, @Nullable Caller caller) {
        if (caller == null) {
            return unauthorized("cannot serve the request: the name, the password or the token is wrong");
        }
        List<String> segments = request.segments();
        List<Routes.Route> found = routes.of(segments);
        if (segments == null || found.isEmpty()) {
            return caller.level() == Level.NOBODY ? refuse(request, caller) : notFound();
        }
        for (Routes.Route route : found) {
            if (route.method().equals(request.isGet() ? "GET" : request.method())) {
                return caller.level().allows(route.level())
                        ? handle(request, caller, route, Routes.name(route, segments))
                        : refuse(request, caller);
            }
        }
        return Problem.of(
                Status.BAD_METHOD,
                "wrong-method",
                "cannot " + request.method() + " this: use " + found.get(0).method(),
                "Allow: " + found.get(0).method() + "\r\n");
    }

    private static Answer notFound() {
        return Problem.of(
                Status.NOT_FOUND,
                "no-such-page",
                "there is no such page; try /, /metrics, /health or /api/v1/openapi.json");
    }

    private Outcome handle(HttpRequest request, Caller caller, Routes.Route route, String name) {
        if (!request.isGet() && route.level() == Level.OPERATE && !isMeant(request, caller)) {
            return Problem.of(
                    Status.FORBIDDEN,
                    "not-meant",
                    "cannot do it: it was not asked for from this page; programs send Content-Type: application/json");
        }
        return route.handler().of(new Routes.Call(request, caller, name));
    }

    /** Whether who asks for a change knows of it: another site's page can have a browser ask, with the password that it has. */
    private static boolean isMeant(HttpRequest request, Caller caller) {
        String origin = request.header("origin");
        int host = origin.indexOf("://") + 3;
        // A browser that is not to tell where it comes from says null, of this very page too: the token decides then.
        boolean same = origin.isEmpty()
                || origin.equals("null")
                || (host > 2 && origin.substring(host).equals(request.header("host")));
        if (!same || caller.token().isEmpty()) {
            return same;
        }
        String type = request.header("content-type");
        int semicolon = type.indexOf(';');
        boolean form =
                FORM_TYPES.contains(Ascii.lower(Ascii.trim(semicolon < 0 ? type : type.substring(0, semicolon))));
        return !form
                || caller.token().equals(request.header(TOKEN_HEADER))
                || caller.token().equals(Escapes.field(request.body(), TOKEN_FIELD));
    }

    /** One who says no name may do so, and a person is asked for it. */
    private Answer refuse(HttpRequest request, Caller caller) {
        boolean person = Ascii.lower(request.header("accept")).contains("text/html");
        if (!caller.name().isEmpty() || (caller.level() != Level.NOBODY && !access.hasUsers())) {
            return Problem.of(
                    Status.FORBIDDEN,
                    "forbidden",
                    caller.name().isEmpty()
                            ? "cannot do it: nobody may; set users under [web] in pintle.conf"
                            : "cannot do it: " + caller.name() + " has the level "
                                    + caller.level().text());
        }
        if (person && request.isGet() && access.hasLogIn()) {
            return Answer.seeOther("/login", "");
        }
        return unauthorized(
                access.hasUsers()
                        ? "who are you?"
                        : "cannot serve the request: without users, only who connects to 127.0.0.1 may read; set users under [web]"
                                + " in pintle.conf");
    }

    private static Answer unauthorized(String detail) {
        return Problem.of(Status.UNAUTHORIZED, "unauthorized", detail, "WWW-Authenticate: Basic realm=\"Pintle\"\r\n");
    }

    // What is no API

    /** One whose name the page does not go by learns whether, and not why. */
    private static Outcome health(boolean andWhy) {
        return new Outcome.Question(Message.request("health"), Outcome.Question.SHORT, true, reply -> {
            Message told = reply.message();
            boolean healthy = reply.ok() && told.flag("healthy");
            String why = andWhy ? String.join("\n", told.texts("troubles")) : "unhealthy";
            String text = healthy ? "healthy" : reply.ok() ? why : andWhy ? told.text("message") : "no init";
            return Answer.text(healthy ? Status.OK : Status.UNAVAILABLE, text);
        });
    }

    private Outcome page(Routes.Call call) {
        String token =
                call.caller().level().allows(Level.OPERATE) ? call.caller().token() : "";
        return Outcome.Question.of(
                Message.request("status"),
                reply -> Answer.of(
                        reply.ok() ? Status.OK : Status.UNAVAILABLE,
                        "text/html",
                        Pieces.of(Page.of(reply.message(), token)),
                        ""));
    }

    private static Outcome status() {
        return Outcome.Question.of(
                Message.request("status"),
                reply -> Answer.json(reply.ok() ? Status.OK : Status.UNAVAILABLE, reply.all()));
    }

    private Outcome metrics(Routes.Call call) {
        boolean openMetrics = Ascii.lower(call.request().header("accept")).contains(Exposition.OPEN_METRICS);
        return Scrape.of(sys, (scrape, trouble) -> {
            if (scrape == null) {
                return Problem.of(trouble);
            }
            Exposition text = metrics.of(scrape, openMetrics);
            return Answer.of(Status.OK, text.mediaType(), text.text(), "");
        });
    }

    private static Outcome press(Routes.Call call, String action) {
        if (call.name().equals(Layout.WEB) && action.equals("stop")) {
            return Problem.of(Status.CONFLICT, "failed", Api.NOT_HERE);
        }
        List<@Nullable Object> names = new ArrayList<>(List.of(call.name()));
        return Outcome.Question.of(
                Message.request(action).with("names", names),
                reply -> reply.ok() ? Answer.seeOther("/", "") : Problem.of(reply.message()));
    }
}
