package dev.pintle.init.boot;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The variables {@code PINTLE_*}, which the init itself follows. */
public final class OwnVariables {
    private static final String PREFIX = "PINTLE_";
    private static final String DIRECTORY = PREFIX + "DIR";

    private OwnVariables() {}

    /**
     * What is set and has no effect: a directory that is not there, a name that is nearly one of ours. Other names pass, as an
     * engine may set them for its own reasons ({@code PINTLE_PORT} for a service of Kubernetes that is called pintle).
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
            String nearest = Nearest.find(word, known);
            if (nearest != null && !nearest.equals(word)) {
                messages.add("cannot follow " + name + ": there is no such variable (did you mean '" + PREFIX + nearest
                        + "'?)");
            }
        }
        return messages;
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
