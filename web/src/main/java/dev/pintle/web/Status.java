package dev.pintle.web;

/** How an answer of HTTP begins (RFC 9110, 15). */
enum Status {
    /** Here it is. */
    OK(200, "OK"),
    /** It is under way. */
    ACCEPTED(202, "Accepted"),
    /** Look there. */
    SEE_OTHER(303, "See Other"),
    /** The request makes no sense. */
    BAD_REQUEST(400, "Bad Request"),
    /** Who asks is not known. */
    UNAUTHORIZED(401, "Unauthorized"),
    /** Who asks may not. */
    FORBIDDEN(403, "Forbidden"),
    /** There is no such thing. */
    NOT_FOUND(404, "Not Found"),
    /** It cannot be asked for like that. */
    BAD_METHOD(405, "Method Not Allowed"),
    /** As things are, it cannot be done. */
    CONFLICT(409, "Conflict"),
    /** It is not served under that name. */
    MISDIRECTED(421, "Misdirected Request"),
    /** Too many ask for it. */
    TOO_MANY(429, "Too Many Requests"),
    /** Nothing can be done about it here. */
    UNAVAILABLE(503, "Service Unavailable"),
    /** It took too long. */
    TIMED_OUT(504, "Gateway Timeout");

    private final long code;
    private final String words;

    Status(int code, String words) {
        this.code = code;
        this.words = words;
    }

    long code() {
        return code;
    }

    String words() {
        return words;
    }
}
