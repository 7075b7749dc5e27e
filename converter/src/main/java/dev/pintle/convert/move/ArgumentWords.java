package dev.pintle.convert.move;

import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What words of a script are once a shell has put the script's arguments into them: {@code "$1"}, {@code "${1:0:5}"},
 * {@code "${1#-}"}, {@code $(basename "$1")}.
 *
 * @param arguments of the script
 * @param names     variables that are given such words, with these
 */
record ArgumentWords(List<String> arguments, Map<String, String> names) {

    private static final Pattern BASENAME = Pattern.compile(
            "\\$\\(basename\\s+(?:--\\s+)?\"?\\$\\{?([0-9])\\}?\"?\\)|`basename\\s+(?:--\\s+)?\"?\\$\\{?([0-9])\\}?\"?`");

    private static final Pattern REFERENCE = Pattern.compile(
            "\\$(?:(?<name>[0-9@*#]|[A-Za-z_]\\w*)|\\{(?<length>#)?(?<inside>[0-9]|[@*#]|[A-Za-z_]\\w*)(?<rest>[^}]*)\\})");

    private static final Pattern PART = Pattern.compile(":\\s*(?<from>\\d+)(?::\\s*(?<length>\\d+))?");

    /** Whether a word has something of the arguments in it, in whatever way. */
    boolean refersToThem(String text) {
        boolean commands = text.contains("$(") || text.contains("`");
        // What a program in single quotes, as awk's, calls $1 is its own.
        String word = commands ? text.replaceAll("'[^']*'", "") : text;
        boolean names = this.names.keySet().stream().anyMatch(name -> word.matches("(?s).*\\$\\{?" + name + "\\b.*"));
        return names || word.matches("(?s).*\\$(?:[1-9@*]|\\{[#!]?[1-9@*]).*");
    }

    /** What a word is; absent where it has other things in it, or nothing of the arguments. */
    Optional<String> of(String word) {
        return refersToThem(word) || word.matches("\\$\\{?#\\}?") ? text(word) : Optional.empty();
    }

    /** The same, also of a word that has no references at all. */
    Optional<String> text(String word) {
        Matcher names = BASENAME.matcher(word);
        String plain = names.replaceAll(found -> Matcher.quoteReplacement(
                Invocation.baseName(argument(found.group(1) == null ? found.group(2) : found.group(1)))));
        Matcher matcher = REFERENCE.matcher(plain);
        StringBuilder out = new StringBuilder();
        int done = 0;
        while (matcher.find()) {
            Optional<String> value = reference(matcher);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            out.append(plain, done, matcher.start()).append(value.get());
            done = matcher.end();
        }
        out.append(plain.substring(done));
        return out.indexOf("$") >= 0 || out.indexOf("`") >= 0 ? Optional.empty() : Optional.of(out.toString());
    }

    private Optional<String> reference(Matcher matcher) {
        if (matcher.group("name") != null) {
            return named(matcher.group("name"));
        }
        Optional<String> value = named(matcher.group("inside"));
        String rest = matcher.group("rest");
        if (matcher.group("length") != null) {
            return rest.isEmpty() ? value.map(text -> String.valueOf(text.length())) : Optional.empty();
        }
        return value.flatMap(text -> expanded(text, rest));
    }

    private Optional<String> named(String name) {
        if (name.equals("#")) {
            return Optional.of(String.valueOf(arguments.size()));
        }
        if (name.matches("[0-9@*]")) {
            return Optional.of(argument(name));
        }
        return Optional.ofNullable(names.get(name))
                .filter(word -> !word.contains(name))
                .flatMap(this::text);
    }

    private String argument(String name) {
        if (name.equals("@") || name.equals("*")) {
            return String.join(" ", arguments);
        }
        int number = Integer.parseInt(name);
        return number >= 1 && number <= arguments.size() ? arguments.get(number - 1) : "";
    }

    /** What the words behind a name in braces make of its value. */
    private static Optional<String> expanded(String value, String rest) {
        Matcher part = PART.matcher(rest);
        if (rest.isEmpty()) {
            return Optional.of(value);
        }
        if (rest.startsWith(":-") || rest.startsWith(":=") || rest.startsWith(":?")) {
            String otherwise = rest.startsWith(":?") ? "" : rest.substring(2);
            return otherwise.indexOf('$') >= 0 && value.isEmpty()
                    ? Optional.empty()
                    : Optional.of(value.isEmpty() ? otherwise : value);
        }
        if (rest.startsWith(":+")) {
            return Optional.of(value.isEmpty() ? "" : rest.substring(2));
        }
        if (part.matches()) {
            int from = Math.min(Integer.parseInt(part.group("from")), value.length());
            int length = part.group("length") == null ? value.length() : Integer.parseInt(part.group("length"));
            return Optional.of(value.substring(from, Math.min(value.length(), from + length)));
        }
        if (rest.equals(",,")) {
            return Optional.of(value.toLowerCase(Locale.ROOT));
        }
        boolean front = rest.startsWith("#");
        if (rest.indexOf('$') >= 0 || !(front || rest.startsWith("%"))) {
            return Optional.empty();
        }
        boolean longest = rest.length() > 1 && rest.charAt(1) == rest.charAt(0);
        String pattern = rest.substring(longest ? 2 : 1).replaceAll("[\"']", "");
        return Optional.of(without(value, pattern, front, longest));
    }

    private static String without(String value, String pattern, boolean front, boolean longest) {
        for (int i = 0; i <= value.length(); i++) {
            int length = longest ? value.length() - i : i;
            int cut = front ? length : value.length() - length;
            String piece = front ? value.substring(0, cut) : value.substring(cut);
            if (GlobPattern.matches(pattern, piece)) {
                return front ? value.substring(cut) : value.substring(0, cut);
            }
        }
        return value;
    }
}
