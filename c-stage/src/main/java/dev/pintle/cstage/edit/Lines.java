package dev.pintle.cstage.edit;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A text as lines, which end with a line feed and nothing else: other bytes stand in string literals. */
public final class Lines {
    private Lines() {}

    /** The lines of a text, without their ends. */
    public static List<String> of(String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        return text.endsWith("\n") || text.isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    /** A text of these lines, each ended. */
    public static String join(Iterable<String> lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /** A pattern whose {@code ^} and {@code $} are the ends of lines. */
    public static Pattern pattern(String expression) {
        return Pattern.compile(expression, Pattern.MULTILINE | Pattern.UNIX_LINES);
    }
}
