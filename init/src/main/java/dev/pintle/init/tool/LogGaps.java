package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Streams whose lines cannot be shown, and what is said of them: once for each service where one cause is that of both. */
final class LogGaps {
    private final Map<String, List<Message>> byService = new LinkedHashMap<>();
    private final Set<String> readable = new LinkedHashSet<>();

    /** Adds a stream, which says where its lines are. */
    void add(Message stream) {
        byService
                .computeIfAbsent(stream.text("service"), unused -> new ArrayList<>())
                .add(stream);
    }

    /** Something of a service is shown. */
    void noteReadable(String service) {
        readable.add(service);
    }

    /** Whether there is a service of which nothing at all is shown. */
    boolean hasWhole() {
        for (String service : byService.keySet()) {
            if (!readable.contains(service)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What is said.
     *
     * @param failedOnly only of services that have failed and of which nothing is shown
     * @param hope       what is added where lines may come later
     */
    List<String> sentences(boolean failedOnly, String hope) {
        List<String> sentences = new ArrayList<>();
        for (Map.Entry<String, List<Message>> entry : byService.entrySet()) {
            boolean whole = !readable.contains(entry.getKey());
            if (whole && isOneCause(entry.getValue())) {
                Message first = entry.getValue().get(0);
                if (!failedOnly || hasFailed(first)) {
                    sentences.add(sentence("output", first, hope));
                }
                continue;
            }
            for (Message stream : entry.getValue()) {
                // Of what has printed since it failed, the other stream is silent.
                if (whole ? !failedOnly || hasFailed(stream) : !failedOnly && !hasFailed(stream)) {
                    String error = stream.text("stream");
                    sentences.add(
                            sentence(error.equals("stderr") ? "standard error" : "standard output", stream, hope));
                }
            }
        }
        return sentences;
    }

    private static boolean isOneCause(List<Message> streams) {
        for (Message stream : streams) {
            if (!stream.text("elsewhere").equals(streams.get(0).text("elsewhere"))) {
                return false;
            }
        }
        return true;
    }

    /** Whether what it prints from its failure on is kept. */
    private static boolean hasFailed(Message stream) {
        return !stream.raw("path").isEmpty();
    }

    private static String sentence(String what, Message stream, String hope) {
        return "cannot show the " + what + " of " + stream.text("service") + ": " + stream.text("elsewhere")
                + (stream.flag("later") || hasFailed(stream) ? hope : "");
    }
}
