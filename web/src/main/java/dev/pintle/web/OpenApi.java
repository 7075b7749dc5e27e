package dev.pintle.web;

import dev.pintle.init.control.Json;
import dev.pintle.layout.PintleVersion;
import java.util.ArrayList;
import java.util.List;

/** The description of the API (OpenAPI 3.0), made of its routes. */
final class OpenApi {
    private static final String HEAD =
            "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"Pintle\",\"version\":\"" + PintleVersion.number()
                    + "\",\"description\":\"Services of a container: see and change what runs.\"},"
                    + "\"security\":[{},{\"bearer\":[]},{\"basic\":[]}],\"paths\":{";

    private static final String COMPONENTS = "},\"components\":{\"securitySchemes\":{"
            + "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"},\"basic\":{\"type\":\"http\",\"scheme\":\"basic\"}},"
            + "\"responses\":{\"Problem\":{\"description\":\"Why not\",\"content\":{\"application/problem+json\":"
            + "{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}},"
            + "\"schemas\":{\"Problem\":{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\",\"error\",\"detail\"],"
            + "\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
            + "\"error\":{\"type\":\"string\",\"description\":\"A word of the control protocol\"},"
            + "\"detail\":{\"type\":\"string\"},\"failed\":{\"$ref\":\"#/components/schemas/Names\"},"
            + "\"diagnostics\":{\"$ref\":\"#/components/schemas/Names\"}}},"
            + "\"Names\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
            + "\"Order\":{\"type\":\"object\",\"properties\":{"
            + "\"wait\":{\"type\":\"boolean\",\"description\":\"Answer once it is carried out\"},"
            + "\"timeout\":{\"type\":\"string\",\"description\":\"How long to wait, such as 30s\"},"
            + "\"signal\":{\"type\":\"string\",\"description\":\"Of signal: its name or number\"},"
            + "\"code\":{\"type\":\"integer\",\"description\":\"Of shutdown: the container's exit code\"}}}}}}\n";

    private static final String NAME =
            "{\"name\":\"name\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"},"
                    + "\"description\":\"A service; of orders, @GROUP and all too. A slash is %2F.\"}";

    private OpenApi() {}

    /** The description. */
    static Pieces of(Routes routes) {
        Pieces text = Pieces.of(HEAD);
        List<String> described = new ArrayList<>();
        for (Routes.Route route : routes.all()) {
            if (!route.summary().isEmpty() && !described.contains(route.path())) {
                text.add(described.isEmpty() ? "" : ",");
                described.add(route.path());
                addPath(text, routes, route.path());
            }
        }
        return text.add(COMPONENTS);
    }

    private static void addPath(Pieces text, Routes routes, String path) {
        String before = Json.write(path) + ":{";
        for (Routes.Route route : routes.all()) {
            if (route.path().equals(path)) {
                text.add(before);
                before = ",";
                addOperation(text, route);
            }
        }
        text.add("}");
    }

    private static void addOperation(Pieces text, Routes.Route route) {
        boolean get = route.method().equals("GET");
        text.add(get ? "\"get\":{" : "\"post\":{");
        text.add("\"operationId\":" + Json.write(id(route)) + ",\"summary\":" + Json.write(route.summary()));
        text.add(",\"description\":\"Level " + route.level().text() + "\"");
        addParameters(text, route);
        if (!get) {
            text.add(
                    ",\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Order\"}}}}");
        }
        text.add(",\"responses\":{\"" + (get ? "200" : "2XX") + "\":{\"description\":\"Done\",\"content\":{");
        String before = "";
        for (String type : types(route.path())) {
            text.add(before + Json.write(type) + ":{\"schema\":{\"type\":\""
                    + (type.equals("application/json") ? "object" : "string") + "\"}}");
            before = ",";
        }
        text.add("}},\"default\":{\"$ref\":\"#/components/responses/Problem\"}}}");
    }

    private static void addParameters(Pieces text, Routes.Route route) {
        String path = route.path();
        List<String> parameters = new ArrayList<>();
        if (path.contains("{name}")) {
            parameters.add(NAME);
        }
        if (path.contains("/logs/")) {
            parameters.add(query("tail", "How many lines, or all"));
            parameters.add(query("since", "A duration before now, or a time"));
            parameters.add(query("until", "Likewise"));
            parameters.add(query("follow", "Whether to go on: true or false"));
        } else if (path.endsWith("/events")) {
            parameters.add(query("service", "One whose events are wanted alone"));
            parameters.add("{\"name\":\"Last-Event-ID\",\"in\":\"header\",\"schema\":{\"type\":\"string\"},"
                    + "\"description\":\"The last event that was heard\"}");
        }
        text.add(",\"parameters\":[" + String.join(",", parameters) + "]");
    }

    private static String query(String name, String description) {
        return "{\"name\":\"" + name + "\",\"in\":\"query\",\"schema\":{\"type\":\"string\"},\"description\":"
                + Json.write(description) + "}";
    }

    private static List<String> types(String path) {
        if (path.endsWith("/events")) {
            return List.of(EventFeed.TYPE);
        }
        return path.contains("/logs/")
                ? List.of("text/plain", "application/x-ndjson", EventFeed.TYPE)
                : List.of("application/json");
    }

    /** Such as {@code postServicesNameStart}. */
    private static String id(Routes.Route route) {
        StringBuilder id = new StringBuilder(route.method().equals("GET") ? "get" : "post");
        boolean first = true;
        String path = route.path().substring("/api/v1/".length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (letter) {
                id.append(first ? (char) (c - ('a' - 'A')) : c);
            }
            first = !letter;
        }
        return id.toString();
    }
}
