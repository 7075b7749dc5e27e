package dev.pintle.init.boot;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables {@code PINTLE_*}, which the init itself follows. */
public final class OwnVariables {
    private static final String PREFIX = "PINTLE_";
    private static final String DIRECTORY = PREFIX + "DIR";

    private OwnVariables() {}

    /**
     * What is set and has no effect: a directory that is not there, a name that is nearly one of ours or begins as one. Other
     * names pass, as an engine may set them for its own reasons ({@code PINTLE_PORT} and {@code PINTLE_WEB_SERVICE_HOST} for
     * services of Kubernetes that are called pintle and pintle-web).
     */
    public static List<String> withoutEffect(Sys sys, Map<String, String> environment) {
        List<String> messages = new ArrayList<>();
        String directory = environment.get(DIRECTORY);
        if (directory != null && !directory.isEmpty()) {
            FileFacts facts = new FileFacts();
            int there = sys.stat(directory, facts);
            if (there < 0 || !facts.directory) {
                messages.add("cannot read the layout in " + DIRECTORY + "=" + directory + ": "
                        + Errno.describe(there < 0 ? -there : Errno.ENOTDIR));
            }
        }
        List<String> known = known();
        for (String name : environment.keySet()) {
            String word = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
            String meant = known.contains(word) ? null : meant(word, known);
            if (meant != null) {
                messages.add("cannot follow " + name + ": there is no such variable ("
                        + (meant.isEmpty()
                                ? "pintle-init(8) has those that there are)"
                                : "did you mean '" + PREFIX + meant + "'?)"));
            }
        }
        return messages;
    }

    /** The name of ours that is meant; empty where it looks like one and we do not know which, null where it does not. */
    private static @Nullable String meant(String word, List<String> known) {
        String nearest = Nearest.find(word, known);
        if (nearest != null || word.contains("PORT") || word.contains("SERVICE")) {
            return nearest;
        }
        String first = word.substring(0, word.indexOf('_') + 1);
        for (String name : known) {
            if (!first.isEmpty() && name.startsWith(first)) {
                return name.startsWith(word) ? name : "";
            }
        }
        return null;
    }

    /** Their names without the prefix. */
    private static List<String> known() {
        List<String> known = new ArrayList<>(List.of("DIR", "SERVICE", "INSTANCE"));
        for (Key key : Key.values()) {
            String variable = key.variable();
            if (variable != null) {
                known.add(variable.substring(PREFIX.length()));
            }
        }
        return known;
    }
}
