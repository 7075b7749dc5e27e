package dev.pintle.convert.move;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands in words whose output is known without running them: {@code $(basename X)}, {@code $(dirname X)}, {@code $(ls X)}. */
final class ShellSubstitution {

    private static final Pattern OF_A_PATH =
            Pattern.compile("(?:\\$\\(|`)\\s*(basename|dirname)\\s+(?:--\\s+)?[\"']?([^\"'`()\\s]+)[\"']?"
                    + "(?:\\s+[\"']?([^\"'`()\\s]+)[\"']?)?\\s*[)`]");

    private static final Pattern LIST =
            Pattern.compile("(?:\\$\\(|`)\\s*ls\\s+(?:-1\\s+)?[\"']?([^\"'`()\\s-][^\"'`()\\s]*)[\"']?\\s*[)`]");

    private ShellSubstitution() {}

    /** What a word lists, where it is nothing but that. */
    static Optional<String> listed(String word) {
        Matcher list = LIST.matcher(word);
        return list.matches() ? Optional.of(list.group(1)) : Optional.empty();
    }

    /** A word with the last part of a path, or all but that, in the place of what prints it. */
    static String evaluated(String word, UnaryOperator<String> variables) {
        if (word.indexOf('(') < 0 && word.indexOf('`') < 0) {
            return word;
        }
        return OF_A_PATH.matcher(word).replaceAll(match -> {
            String path = variables.apply(match.group(2)).replaceFirst("(?<=.)/+$", "");
            boolean known = path.indexOf('$') < 0;
            String suffix = match.group(3) == null ? "" : match.group(3);
            String result =
                    !known ? match.group() : match.group(1).equals("dirname") ? directory(path) : name(path, suffix);
            return Matcher.quoteReplacement(result);
        });
    }

    private static String directory(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "." : path.substring(0, Math.max(1, slash));
    }

    private static String name(String path, String suffix) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(suffix) && !name.equals(suffix)
                ? name.substring(0, name.length() - suffix.length())
                : name;
    }
}
