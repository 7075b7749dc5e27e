package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Client;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each address of the status page answers. */
final class Site {
    private static final long PATIENCE = 2_000;
    private static final String UNAVAILABLE = "503 Service Unavailable";
    private static final String SERVICES = "/services/";
    private static final String TOKEN = "token=";

    private final Sys sys;
    private final @Nullable Credentials credentials;
    private final Hosts hosts;
    private final Metrics metrics = new Metrics();
    /** What buttons send along, so that no other site's page can press them. */
    private final String token;

    /** Without credentials everybody may look and nobody act. */
    Site(Sys sys, @Nullable Credentials credentials, Hosts hosts, String token) {
        this.sys = sys;
        this.hosts = hosts;
        this.credentials = credentials;
        this.token = credentials == null ? "" : token;
    }

    /** What to answer. */
    Answer answer(HttpRequest request) {
        boolean get = request.method().equals("GET") || request.method().equals("HEAD");
        if (request.method().isEmpty()) {
            return response("400 Bad Request", "text/plain", "this request is not understood\n", "");
        }
        if (asksForHealth(request)) {
            return health(hosts.allows(request.host()));
        }
        if (!hosts.allows(request.host())) {
            return response(
                    "421 Misdirected Request",
                    "text/plain",
                    "this page is not served under that name; set allowed_hosts under [web] in pintle.conf\n",
                    "");
        }
        if (credentials != null && !credentials.match(request.authorization())) {
            return response(
                    "401 Unauthorized", "text/plain", "who are you?\n", "WWW-Authenticate: Basic realm=\"Pintle\"\r\n");
        }
        if (get && request.path().equals("/")) {
            Message status = ask(Message.request("status"));
            return response(status.ok() ? "200 OK" : UNAVAILABLE, "text/html", Page.of(status, token), "");
        }
        if (get && request.path().equals("/status")) {
            Message status = ask(Message.request("status"));
            return response(status.ok() ? "200 OK" : UNAVAILABLE, "application/json", status.line() + "\n", "");
        }
        if (get && request.path().equals("/metrics")) {
            return metrics(Ascii.lower(request.accept()).contains(Exposition.OPEN_METRICS));
        }
        if (request.method().equals("POST") && request.path().startsWith(SERVICES)) {
            return act(request);
        }
        return response(
                "404 Not Found", "text/plain", "there is no such page; try /, /status, /metrics or /health\n", "");
    }

    /** Whether a request is a probe's: these are answered before all others. */
    static boolean asksForHealth(HttpRequest request) {
        return request.path().equals("/health")
                && (request.method().equals("GET") || request.method().equals("HEAD"));
    }

    /** One whose name the page does not go by learns whether, and not why. */
    private Answer health(boolean andWhy) {
        Message reply = ask(Message.request("health"));
        boolean healthy = reply.ok() && reply.flag("healthy");
        String why = andWhy ? String.join("\n", reply.texts("troubles")) : "unhealthy";
        String text = healthy ? "healthy" : reply.ok() ? why : andWhy ? reply.text("message") : "no init";
        return response(healthy ? "200 OK" : UNAVAILABLE, "text/plain", text + "\n", "");
    }

    private Answer metrics(boolean openMetrics) {
        try {
            Exposition text = metrics.of(Scrape.of(sys), openMetrics);
            return Answer.of("200 OK", text.mediaType(), text.text(), "");
        } catch (Client.NoReplyException | Scrape.RefusedException e) {
            return response(UNAVAILABLE, "text/plain", e.getMessage() + "\n", "");
        }
    }

    private Answer act(HttpRequest request) {
        if (token.isEmpty() || !request.body().equals(TOKEN + token)) {
            return response("403 Forbidden", "text/plain", "not from this page's buttons\n", "");
        }
        String rest = request.path().substring(SERVICES.length());
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        String action = slash < 0 ? "" : rest.substring(slash + 1);
        if (!action.equals("start") && !action.equals("stop") && !action.equals("restart")) {
            return response("404 Not Found", "text/plain", "there is no such button\n", "");
        }
        if (name.equals(Layout.WEB) && action.equals("stop")) {
            return response(
                    "409 Conflict",
                    "text/plain",
                    "cannot stop " + name + " here: this page could not start it again; use pintle stop\n",
                    "");
        }
        List<@Nullable Object> names = new ArrayList<>(List.of(name));
        Message reply = ask(Message.request(action).with("names", names));
        return reply.ok()
                ? response("303 See Other", "text/plain", "done\n", "Location: /\r\n")
                : response("409 Conflict", "text/plain", reply.text("message") + "\n", "");
    }

    private Message ask(Message request) {
        try {
            return new Client(sys).ask(request, PATIENCE);
        } catch (Client.NoReplyException e) {
            return Message.refused("no-init", String.valueOf(e.getMessage()));
        }
    }

    private static Answer response(String status, String type, String body, String header) {
        return Answer.of(status, type, Pieces.of(body), header);
    }
}
