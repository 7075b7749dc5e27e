package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests, as far as they can be told from what is none. */
class HttpRequestTest {
    private static HttpRequest parse(String text) {
        HttpRequest request = HttpRequest.parse(text);
        assertNotNull(request, text);
        return request;
    }

    @Test
    void aRequestHasItsParts() {
        HttpRequest request =
                parse("POST /a/b%2Fc?x=1&y=a%20b+c HTTP/1.1\r\nHost: h\r\nContent-length:5\r\n\r\nhello rest");
        assertEquals("POST", request.method());
        assertEquals(List.of("a", "b/c"), request.segments());
        assertEquals("1", request.parameter("x"));
        assertEquals("a b c", request.parameter("y"));
        assertEquals("", request.parameter("z"));
        assertEquals("h", request.header("host"));
        assertEquals("hello", request.body());
    }

    @Test
    void halfARequestIsNone() {
        String text = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
        for (int i = 0; i < text.length(); i++) {
            assertNull(HttpRequest.parse(text.substring(0, i)), "of " + i);
        }
        assertEquals("abc", parse(text).body());
    }

    /** What a proxy before us may understand otherwise. */
    @Test
    void whatHasTwoMeaningsIsNotUnderstood() {
        for (String fields : new String[] {
            "Content-Length: 1\r\nContent-Length: 1\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 1,1\r\n",
            "Content-Length: 65537\r\n",
            "Content-Length: 99999999999\r\n",
            "Content-Length : 1\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Host: a\r\nHost: b\r\n",
            "Host: a\r\n b\r\n",
            "nonsense\r\n",
            ": x\r\n"
        }) {
            assertEquals(HttpRequest.BAD, HttpRequest.parse("GET / HTTP/1.1\r\n" + fields + "\r\n"), fields);
        }
        for (String line : new String[] {"GET", "GET /", "GET / HTTP/2", " / HTTP/1.1", "GET  HTTP"}) {
            assertEquals(HttpRequest.BAD, HttpRequest.parse(line + "\r\n\r\n"), line);
        }
    }

    @Test
    void wrongEscapesAreNoPath() {
        for (String path : new String[] {"/%", "/%1", "/%zz", "/%00", "/a/%g0", "x"}) {
            assertNull(parse("GET " + path + " HTTP/1.1\r\n\r\n").segments(), path);
        }
        assertEquals(List.of(""), parse("GET / HTTP/1.1\r\n\r\n").segments());
        assertEquals(
                List.of("\u00e4", ""), parse("GET /%C3%a4/ HTTP/1.1\r\n\r\n").segments());
    }

    @Test
    void escapesGoBackAndForth() {
        for (String text : new String[] {"web/log", "a b", "\u00e4\u20ac", "@back", "100%", "a+b&c=d"}) {
            assertEquals(text, Escapes.decode(Escapes.encode(text), true));
        }
        assertEquals("v w", Escapes.field("a=1&name=v+w&b", "name"));
        assertEquals("", Escapes.field("a=1&name=%4", "name"));
        assertEquals("", Escapes.field("a=1&name", "name"));
        assertEquals("1", Escapes.field("name=1", "name"));
    }
}
