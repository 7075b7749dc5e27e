package dev.pintle.convert.parse.supervisord;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment that supervisord runs in.
 *
 * @param known    the variables whose values are known
 * @param usual    what the image sets for others, which a container may set otherwise
 * @param closed   whether there are no others; else any other variable is one that the container will have
 * @param hostName what {@code %(host_node_name)s} stands for
 */
public record Environment(Map<String, String> known, Map<String, String> usual, boolean closed, Text hostName) {

    /** That of a container that is not there yet; Docker sets {@code HOSTNAME} to its host name. */
    public static Environment ofContainer(Map<String, String> known) {
        return ofContainer(known, Map.of());
    }

    /** The same, of an image that sets some variables itself. */
    public static Environment ofContainer(Map<String, String> known, Map<String, String> usual) {
        return new Environment(known, usual, false, Text.variable("HOSTNAME", true));
    }

    /** The value of a variable, or null where there is no such variable. */
    @Nullable
    Text get(String name) {
        String value = known.get(name);
        if (value != null) {
            return Text.of(value);
        }
        return closed || !isName(name) ? null : Text.variable(name, isOneWord(usual.getOrDefault(name, "")));
    }

    private static boolean isOneWord(String value) {
        return !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == '\'' || c == '"' || c == '\\');
    }

    /** Only such names can be interpolated later. */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
