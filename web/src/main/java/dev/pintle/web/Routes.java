package dev.pintle.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every address that is served: what it does, and who may ask for that. The API's description is made of it. */
final class Routes {
    /** What an address does. */
    interface Handler {
        /** What comes of a request. */
        Outcome of(Call call);
    }

    /**
     * A request for an address.
     *
     * @param caller who asks, and may
     * @param name   what is in the path at the place of {@code {name}}; empty where there is no such place
     */
    record Call(HttpRequest request, Caller caller, String name) {}

    /**
     * An address.
     *
     * @param method  GET, which HEAD may be as well, or POST
     * @param path    with {@code {name}} for any part
     * @param level   what whoever asks must be allowed
     * @param summary what it does, in a sentence without its full stop; empty for what programs are not told of
     */
    record Route(String method, String path, Level level, String summary, Handler handler) {}

    private static final String NAME = "{name}";

    private final List<Route> all = new ArrayList<>();

    /** Adds an address. */
    Routes add(String method, String path, Level level, String summary, Handler handler) {
        all.add(new Route(method, path, level, summary, handler));
        return this;
    }

    /** All of them. */
    List<Route> all() {
        return all;
    }

    /** Those that a request may be for, whatever its method. */
    List<Route> of(@Nullable List<String> segments) {
        List<Route> found = new ArrayList<>();
        for (Route route : all) {
            if (segments != null && matches(route.path, segments)) {
                found.add(route);
            }
        }
        return found;
    }

    private static boolean matches(String path, List<String> segments) {
        List<String> parts = parts(path);
        boolean matches = parts.size() == segments.size();
        for (int i = 0; i < parts.size() && matches; i++) {
            boolean any = parts.get(i).equals(NAME) && !segments.get(i).isEmpty();
            matches = any || parts.get(i).equals(segments.get(i));
        }
        return matches;
    }

    /** What is at the place of the name. */
    static String name(Route route, List<String> segments) {
        int at = parts(route.path).indexOf(NAME);
        return at < 0 ? "" : segments.get(at);
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        int at = 1;
        for (int slash = path.indexOf('/', at); slash >= 0; slash = path.indexOf('/', at)) {
            parts.add(path.substring(at, slash));
            at = slash + 1;
        }
        parts.add(path.substring(at));
        return parts;
    }
}
