package dev.pintle.convert.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON into maps, lists, strings, longs and booleans; enough for golden data. A null counts as absent. */
public final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Reads a document that is an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.space();
        if (json.at != text.length() || !(value instanceof Map)) {
            throw json.bad();
        }
        return (Map<String, Object>) value;
    }

    private @Nullable Object value() {
        space();
        char c = text.charAt(at);
        if (c == 'n') {
            word("null");
            return null;
        }
        return switch (c) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> !word("false");
            default -> number();
        };
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        while (!closes('}')) {
            space();
            String key = string();
            expect(':');
            Object member = value();
            if (member != null) {
                members.put(key, member);
            }
        }
        return members;
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        at++;
        while (!closes(']')) {
            Object element = value();
            if (element != null) {
                elements.add(element);
            }
        }
        return elements;
    }

    private boolean closes(char end) {
        space();
        if (text.charAt(at) == ',') {
            at++;
            return false;
        }
        if (text.charAt(at) == end) {
            at++;
            return true;
        }
        return false;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        expect('"');
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(at++);
            if (escape == 'u') {
                out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                at += 4;
            } else {
                int index = "nrtbf".indexOf(escape);
                out.append(index < 0 ? escape : "\n\r\t\b\f".charAt(index));
            }
        }
        at++;
        return out.toString();
    }

    private long number() {
        int start = at;
        while (at < text.length() && "+-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Long.parseLong(text.substring(start, at));
    }

    private boolean word(String word) {
        if (!text.startsWith(word, at)) {
            throw bad();
        }
        at += word.length();
        return true;
    }

    private void expect(char c) {
        space();
        if (text.charAt(at) != c) {
            throw bad();
        }
        at++;
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException bad() {
        return new IllegalArgumentException("bad JSON at " + at);
    }
}
