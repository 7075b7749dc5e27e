package dev.pintle.web;

import dev.pintle.init.control.Json;
import dev.pintle.init.control.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers that say why not (RFC 9457): the words are those of the control protocol. */
final class Problem {
    private static final String TYPE = "application/problem+json";

    private Problem() {}

    /** What the init has refused. */
    static Answer of(Message refused) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>();
        for (String list : new String[] {"failed", "diagnostics"}) {
            List<String> texts = refused.texts(list);
            if (!texts.isEmpty()) {
                more.put(list, new ArrayList<@Nullable Object>(texts));
            }
        }
        return of(status(refused.text("error")), refused.text("error"), refused.text("message"), more, "");
    }

    /** One of our own. */
    static Answer of(Status status, String error, String detail) {
        return of(status, error, detail, Map.of(), "");
    }

    /**
     * One with more lines of the head.
     *
     * @param header each with its end
     */
    static Answer of(Status status, String error, String detail, String header) {
        return of(status, error, detail, Map.of(), header);
    }

    private static Answer of(
            Status status, String error, String detail, Map<String, @Nullable Object> more, String header) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", status.words());
        members.put("status", status.code());
        members.put("error", error);
        members.put("detail", detail);
        members.putAll(more);
        return Answer.of(status, TYPE, Pieces.of(Json.write(members) + "\n"), header);
    }

    private static Status status(String error) {
        return switch (error) {
            case "no-such-service" -> Status.NOT_FOUND;
            case "no-names", "no-such-state", "no-signal", "no-code", "too-long" -> Status.BAD_REQUEST;
            case "failed", "stopping", "not-running", "bad-layout" -> Status.CONFLICT;
            case "timed-out" -> Status.TIMED_OUT;
            default -> Status.UNAVAILABLE;
        };
    }
}
