package dev.pintle.web;

import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of HTTP/1.1 (RFC 9112).
 *
 * @param method such as GET; empty where the request is not understood
 * @param path   without the query, and with its escapes
 * @param query  without the question mark; empty for none
 * @param fields the lines of the head, each with its end
 * @param body   empty for none
 */
record HttpRequest(String method, String path, String query, String fields, String body) {
    /** Bytes of a body that are taken. */
    static final int LONGEST_BODY = 64 * 1024;

    /** One that is not understood. */
    static final HttpRequest BAD = new HttpRequest("", "", "", "", "");

    /** A request, once all of it is in {@code text}; null while it is not. */
    static @Nullable HttpRequest parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return null;
        }
        HttpRequest head = ofHead(text.substring(0, end + 2));
        int bodyAt = end + 4;
        int length = head.bodyLength();
        if (length < 0) {
            return BAD;
        }
        return text.length() - bodyAt < length ? null : head.with(text.substring(bodyAt, bodyAt + length));
    }

    /**
     * A request without its body.
     *
     * @param text up to the empty line
     */
    static HttpRequest ofHead(String text) {
        int lineEnd = text.indexOf("\r\n");
        String line = text.substring(0, lineEnd);
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first <= 0 || second < 0 || !line.startsWith("HTTP/1.", second + 1)) {
            return BAD;
        }
        String target = line.substring(first + 1, second);
        int query = target.indexOf('?');
        HttpRequest request = new HttpRequest(
                line.substring(0, first),
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                text.substring(lineEnd + 2),
                "");
        return request.isPlain() ? request : BAD;
    }

    /** What two readers of the same bytes might understand in two ways is not understood. */
    private boolean isPlain() {
        for (int at = 0; at < fields.length(); at = lineEnd(at) + 2) {
            int colon = fields.indexOf(':', at);
            if (colon <= at
                    || colon > lineEnd(at)
                    || Ascii.isBlank(fields.charAt(at))
                    || Ascii.isBlank(fields.charAt(colon - 1))) {
                return false;
            }
        }
        return count("host") <= 1 && count("content-length") <= 1 && count("transfer-encoding") == 0;
    }

    HttpRequest with(String text) {
        return new HttpRequest(method, path, query, fields, text);
    }

    /** Bytes of the body; -1 for what is no number, or too many. */
    int bodyLength() {
        String text = header("content-length");
        if (text.isEmpty()) {
            return 0;
        }
        int length = Ascii.isNumber(text) && text.length() <= 8 ? Integer.parseInt(text) : -1;
        return length <= LONGEST_BODY ? length : -1;
    }

    /** The value of a header by its name in lower case; empty where there is none. */
    String header(String name) {
        int at = find(name, 0);
        return at < 0 ? "" : Ascii.trim(fields.substring(fields.indexOf(':', at) + 1, lineEnd(at)));
    }

    /** Whether nothing but looking is asked for. */
    boolean isGet() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** A value of the query; empty where there is none. */
    String parameter(String name) {
        return Escapes.field(query, name);
    }

    /** The parts of the path without their escapes; null where one has wrong ones. */
    @Nullable
    List<String> segments() {
        List<String> segments = new ArrayList<>();
        int at = 1;
        while (at <= path.length()) {
            int slash = path.indexOf('/', at);
            int end = slash < 0 ? path.length() : slash;
            String segment = Escapes.decode(path.substring(at, end), false);
            if (segment == null) {
                return null;
            }
            segments.add(segment);
            at = end + 1;
        }
        return path.startsWith("/") ? segments : null;
    }

    /** How often there is a header. */
    private int count(String name) {
        int count = 0;
        for (int at = find(name, 0); at >= 0; at = find(name, lineEnd(at) + 2)) {
            count++;
        }
        return count;
    }

    /** Where the line of a header begins, from {@code from} on; -1 where there is none. */
    private int find(String name, int from) {
        for (int at = from; at < fields.length(); at = lineEnd(at) + 2) {
            int colon = at + name.length();
            boolean here = colon < fields.length()
                    && fields.charAt(colon) == ':'
                    && Ascii.lower(fields.substring(at, colon)).equals(name);
            if (here) {
                return at;
            }
        }
        return -1;
    }

    private int lineEnd(int at) {
        int end = fields.indexOf("\r\n", at);
        return end < 0 ? fields.length() : end;
    }
}
