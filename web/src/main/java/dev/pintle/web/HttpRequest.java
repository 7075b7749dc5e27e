package dev.pintle.web;

import dev.pintle.layout.text.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * A request of HTTP/1.1 (RFC 9112), as far as a page with a few buttons needs it.
 *
 * @param method        such as GET
 * @param path          without the query
 * @param host          the value of that header; empty for none
 * @param authorization likewise
 * @param accept        likewise
 * @param body          of a form
 */
record HttpRequest(String method, String path, String host, String authorization, String accept, String body) {
    private static final int LONGEST_BODY = 1024;
    private static final HttpRequest BAD = new HttpRequest("", "", "", "", "", "");

    /** A request, once all of it is in {@code text}; null while it is not. A bad one has an empty method. */
    static @Nullable HttpRequest parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return null;
        }
        int lineEnd = text.indexOf("\r\n");
        String line = text.substring(0, lineEnd);
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first <= 0 || second < 0 || !line.startsWith("HTTP/1.", second + 1)) {
            return BAD;
        }
        String headers = text.substring(lineEnd, end + 2);
        int length = length(header(headers, "content-length"));
        if (length < 0 || count(headers, "host") > 1) {
            return BAD;
        }
        int bodyAt = end + 4;
        if (text.length() - bodyAt < length) {
            return null;
        }
        String target = line.substring(first + 1, second);
        int query = target.indexOf('?');
        return new HttpRequest(
                line.substring(0, first),
                query < 0 ? target : target.substring(0, query),
                header(headers, "host"),
                header(headers, "authorization"),
                header(headers, "accept"),
                text.substring(bodyAt, bodyAt + length));
    }

    private static int length(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        int length = Ascii.isNumber(text) && text.length() <= 4 ? Integer.parseInt(text) : -1;
        return length <= LONGEST_BODY ? length : -1;
    }

    /** The value of a header by its name in lower case; empty where there is none. */
    private static String header(String headers, String name) {
        int at = find(headers, name, 0);
        if (at < 0) {
            return "";
        }
        return Ascii.trim(headers.substring(headers.indexOf(':', at) + 1, lineEnd(headers, at)));
    }

    /** How often there is a header. */
    private static int count(String headers, String name) {
        int count = 0;
        for (int at = find(headers, name, 0); at >= 0; at = find(headers, name, lineEnd(headers, at) + 2)) {
            count++;
        }
        return count;
    }

    /** Where the line of a header begins, from {@code from} on; -1 where there is none. */
    private static int find(String headers, String name, int from) {
        int at = from;
        while (at < headers.length()) {
            int colon = headers.indexOf(':', at);
            boolean here = colon > 0
                    && colon < lineEnd(headers, at)
                    && Ascii.lower(headers.substring(at, colon)).equals(name);
            if (here) {
                return at;
            }
            at = lineEnd(headers, at) + 2;
        }
        return -1;
    }

    private static int lineEnd(String headers, int at) {
        int end = headers.indexOf("\r\n", at);
        return end < 0 ? headers.length() : end;
    }
}
