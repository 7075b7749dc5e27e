package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a script does before it becomes a program, as keys, and the program's words. */
final class RunPlan {

    /** A script, or a command line, that no keys say. */
    static class NotKeysException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String cause;

        NotKeysException(int line, String cause) {
            super(cause);
            this.line = line;
            this.cause = cause;
        }

        int line() {
            return line;
        }

        String cause() {
            return cause;
        }
    }

    /** The program that becomes a user. */
    static final String SETUIDGID = "s6-setuidgid";

    private static final Fate IN_COMMAND =
            Fate.kept("in the command: the variables of container_environment are read before, by root");

    /** Templates, as {@link LayoutText} has them. */
    private List<String> words = List.of();

    private final Map<Key, String> keys = new LinkedHashMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<Translation.Line> lines = new ArrayList<>();
    private @Nullable Fate mended;
    /** Whether it has the variables that oneshots have written. */
    private boolean withContainerEnvironment;

    List<String> words() {
        return words;
    }

    void setWords(List<String> templates) {
        words = List.copyOf(templates);
    }

    Map<Key, String> keys() {
        return keys;
    }

    void set(Key key, String value) {
        keys.put(key, value);
    }

    Map<String, String> environment() {
        return environment;
    }

    List<Translation.Line> lines() {
        return lines;
    }

    void say(int line, String label, Fate fate) {
        lines.add(new Translation.Line(line, label, fate));
    }

    /** What the plan does that the original did not, or null. */
    @Nullable
    Fate mended() {
        return mended;
    }

    void mend(Fate fate) {
        mended = fate;
    }

    boolean withContainerEnvironment() {
        return withContainerEnvironment;
    }

    void takeContainerEnvironment() {
        withContainerEnvironment = true;
    }

    /**
     * The user, who is no key any more; null where there is none. What oneshots have written may be for root alone to read, so
     * the variables are read before the program becomes the user, as the script did it.
     */
    @Nullable
    String takeUser() {
        String user = keys.remove(Key.USER);
        if (user != null) {
            keys.remove(Key.LOGIN_ENVIRONMENT);
            for (int i = 0; i < lines.size(); i++) {
                Translation.Line line = lines.get(i);
                if (line.label().equals(SETUIDGID)) {
                    lines.set(i, new Translation.Line(line.line(), SETUIDGID, IN_COMMAND));
                }
            }
        }
        return user;
    }

    /** Whether the service's finish script would be given what only its program is to have. */
    boolean wouldChangeFinish() {
        return keys.containsKey(Key.USER)
                || keys.containsKey(Key.WORKING_DIR)
                || keys.containsKey(Key.UMASK)
                || !environment.isEmpty();
    }

    /** Whether a variable's value is taken when the layout is read. */
    boolean hasVariables() {
        for (String word : words) {
            if (isTemplate(word)) {
                return true;
            }
        }
        for (String value : environment.values()) {
            if (isTemplate(value)) {
                return true;
            }
        }
        for (String value : keys.values()) {
            if (isTemplate(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTemplate(String text) {
        for (int i = text.indexOf('$'); i >= 0; i = text.indexOf('$', i + 2)) {
            if (i + 1 < text.length() && text.charAt(i + 1) == '{') {
                return true;
            }
        }
        return false;
    }
}
