package dev.pintle.web;

/**
 * A response of HTTP.
 *
 * @param head with the empty line after it
 */
record Answer(String head, Pieces body) implements Outcome {
    private static final String SAFETY =
            "Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; form-action 'self';"
                    + " frame-ancestors 'none'\r\n"
                    + "X-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
                    + "Cache-Control: no-store\r\nConnection: close\r\n\r\n";

    /**
     * A response.
     *
     * @param type   the media type; the text is UTF-8
     * @param header more lines of the head, each with its end; empty for none
     */
    static Answer of(Status status, String type, Pieces body, String header) {
        return new Answer(head(status, type, header + "Content-Length: " + body.size() + "\r\n"), body);
    }

    /** One of text. */
    static Answer text(Status status, String text) {
        return of(status, "text/plain", Pieces.of(text + "\n"), "");
    }

    /** One of JSON. */
    static Answer json(Status status, Pieces text) {
        return of(status, "application/json", text, "");
    }

    /** One that leads elsewhere. */
    static Answer seeOther(String place, String header) {
        return of(Status.SEE_OTHER, "text/plain", Pieces.of("done\n"), header + "Location: " + place + "\r\n");
    }

    /** One whose body ends with the connection. */
    static Answer stream(String type) {
        return new Answer(head(Status.OK, type, ""), new Pieces());
    }

    private static String head(Status status, String type, String header) {
        return "HTTP/1.1 " + status.code() + " " + status.words() + "\r\n" + header + "Content-Type: " + type
                + "; charset=utf-8\r\n" + SAFETY;
    }
}
