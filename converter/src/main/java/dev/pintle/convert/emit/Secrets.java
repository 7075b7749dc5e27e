package dev.pintle.convert.emit;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides what may be a secret in texts that are sent around: values of environments and passwords. */
final class Secrets {

    private static final String HIDDEN = "\u2022\u2022\u2022\u2022\u2022\u2022";

    /** Keys whose values are hidden as a whole. */
    private static final Set<String> KEYS = Set.of("environment", "password");

    private static final Pattern ASSIGNMENT = Pattern.compile(
            "((?:pass|passwd|password|secret|token|credentials?|api[_-]?key|private[_-]?key)[\\w-]*[=:]\\s*)(\\S+)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern VARIABLES_ONLY = Pattern.compile("(?:\\$\\{[^}]*\\}|[\\s,:/@.-])*");

    private Secrets() {}

    /** Whether nothing of a key's value is shown. */
    static boolean hides(String key) {
        return KEYS.contains(key);
    }

    /** A line with {@code key = value} with its value hidden; a line that continues a value, as a whole. */
    static String withoutValue(String line, boolean continued) {
        int delimiter = 0;
        while (delimiter < line.length() && line.charAt(delimiter) != '=' && line.charAt(delimiter) != ':') {
            delimiter++;
        }
        if (continued || delimiter == line.length()) {
            return line.isBlank()
                    ? line
                    : line.substring(0, line.length() - line.stripLeading().length()) + HIDDEN;
        }
        String value = line.substring(delimiter + 1);
        return VARIABLES_ONLY.matcher(value).matches() ? line : line.substring(0, delimiter + 1) + " " + HIDDEN;
    }

    /** A line with what looks like a password in it hidden. */
    static String mask(String line) {
        Matcher matcher = ASSIGNMENT.matcher(line);
        StringBuilder out = new StringBuilder();
        int done = 0;
        while (matcher.find()) {
            boolean variable =
                    matcher.group(2).startsWith("$") || matcher.group(2).startsWith("%(");
            out.append(line, done, matcher.start(2)).append(variable ? matcher.group(2) : HIDDEN);
            done = matcher.end();
        }
        return out.append(line.substring(done)).toString();
    }
}
