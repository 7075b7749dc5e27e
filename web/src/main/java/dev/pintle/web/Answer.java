package dev.pintle.web;

/**
 * A response of HTTP.
 *
 * @param head with the empty line after it
 */
record Answer(String head, Pieces body) {
    /**
     * A response.
     *
     * @param status the code and its words
     * @param type   the media type; the text is UTF-8
     * @param header more lines of the head, each with its end; empty for none
     */
    static Answer of(String status, String type, Pieces body, String header) {
        return new Answer(
                "HTTP/1.1 " + status + "\r\n" + header
                        + "Content-Type: " + type + "; charset=utf-8\r\n"
                        + "Content-Length: " + body.size() + "\r\n"
                        + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
                        + " frame-ancestors 'none'\r\n"
                        + "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
                        + "Cache-Control: no-store\r\nConnection: close\r\n\r\n",
                body);
    }
}
