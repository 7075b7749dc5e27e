package dev.pintle.convert.move;

import dev.pintle.convert.read.GlobPattern;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The forms of a variable that take something out of its value, as Docker and shells know them: {@code ${V#p}}, {@code ${V%p}}
 * and {@code ${V/p/text}}.
 */
final class VariableEdits {

    private VariableEdits() {}

    /**
     * The value as a form makes it; absent where the form is none of these.
     *
     * @param form  what stands behind the name, before the closing brace
     * @param words expands variables in its patterns
     */
    static Optional<String> apply(String value, String form, UnaryOperator<String> words) {
        char kind = form.charAt(0);
        boolean twice = form.length() > 1 && form.charAt(1) == kind;
        String rest = form.substring(twice ? 2 : 1);
        return switch (kind) {
            case '#' -> Optional.of(withoutStart(value, words.apply(rest), twice));
            case '%' -> Optional.of(withoutEnd(value, words.apply(rest), twice));
            case '/' -> Optional.of(replaced(value, rest, twice, words));
            default -> Optional.empty();
        };
    }

    private static String withoutStart(String value, String pattern, boolean longest) {
        int length = match(value, 0, pattern, longest);
        return length < 0 ? value : value.substring(length);
    }

    private static String withoutEnd(String value, String pattern, boolean longest) {
        for (int i = 0; i <= value.length(); i++) {
            int at = longest ? i : value.length() - i;
            if (GlobPattern.matches(pattern, value.substring(at))) {
                return value.substring(0, at);
            }
        }
        return value;
    }

    /** The first match of a pattern, or all of them, the longest that begin at a place. */
    private static String replaced(String value, String rest, boolean all, UnaryOperator<String> words) {
        int slash = slash(rest);
        String pattern = words.apply((slash < 0 ? rest : rest.substring(0, slash)).replace("\\/", "/"));
        String text = slash < 0 ? "" : words.apply(rest.substring(slash + 1));
        StringBuilder out = new StringBuilder();
        int at = 0;
        boolean done = pattern.isEmpty();
        while (at < value.length()) {
            int length = done ? -1 : match(value, at, pattern, true);
            if (length > 0) {
                out.append(text);
                at += length;
                done = !all;
            } else {
                out.append(value.charAt(at++));
            }
        }
        return out.toString();
    }

    /** The one that ends the pattern: none behind a backslash does. */
    private static int slash(String rest) {
        int at = rest.indexOf('/');
        while (at > 0 && rest.charAt(at - 1) == '\\') {
            at = rest.indexOf('/', at + 1);
        }
        return at;
    }

    /** How many characters from a place on a pattern matches; -1 where it does not. */
    private static int match(String value, int start, String pattern, boolean longest) {
        int most = value.length() - start;
        for (int i = 0; i <= most; i++) {
            int length = longest ? most - i : i;
            if (GlobPattern.matches(pattern, value.substring(start, start + length))) {
                return length;
            }
        }
        return -1;
    }
}
