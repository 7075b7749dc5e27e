package dev.pintle.convert.lower;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places in a file that something fills in before the old supervisor reads it: {@code {{ PORT }}}, {@code __PORT__},
 * {@code @PORT@}, {@code %PORT%}, blocks of templates. What is converted is the file before that, and nothing will fill in
 * what comes of it.
 */
public final class Placeholders {

    /** A Go template of Docker's own, such as {@code {{.Names}}}, is an argument of a program that reads it. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{-?\\s*(?!\\.[A-Z][A-Za-z]*\\s*}})[^{}\\n]+}}"
            + "|\\{%[^%\\n]*%}"
            + "|<%=?[^%\\n]*%>"
            + "|(?<![A-Za-z0-9_])__[A-Z][A-Z0-9_]*?__(?![A-Za-z0-9_])"
            + "|(?<![A-Za-z0-9_.@$])@[A-Z][A-Z0-9_]*@(?![A-Za-z0-9_@])"
            + "|(?<![A-Za-z0-9_%)])%[A-Z][A-Z0-9_]*%(?![A-Za-z0-9_(%])"
            + "|(?<![A-Za-z0-9_%])%%[A-Z][A-Z0-9_]*%%(?![A-Za-z0-9_%])"
            + "|(?<![A-Za-z0-9_$%{}])\\{[A-Z][A-Z0-9_]+}(?!})"
            + "|(?<![A-Za-z0-9_$])\\$\\$[A-Z][A-Z0-9_]*\\$\\$|#\\{[A-Z][A-Z0-9_]*}#");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_.]*}");

    private static final Pattern TEMPLATE =
            Pattern.compile("\\.(?:tpl|tmpl|template|j2|jinja2?|erb|in|dist|tera|mustache)(?:\\.|$)");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]+");

    private Placeholders() {}

    /** Finds what fills in a placeholder. */
    @FunctionalInterface
    public interface Fillers {
        /** None are known. */
        Fillers NONE = placeholder -> List.of();

        /** Files and lines, such as {@code entrypoint.sh:3}; empty where none has been found. */
        List<String> of(String placeholder);
    }

    /** The placeholders in a text, each once. */
    public static List<String> in(String text) {
        return all(PLACEHOLDER, text);
    }

    /** The same in a text of a file, whose name may say that it is a template: then a shell's variables are some, too. */
    public static List<String> in(String text, String file) {
        List<String> found = new ArrayList<>(in(text));
        if (TEMPLATE.matcher(file).find()) {
            found.addAll(all(VARIABLE, text));
        }
        return List.copyOf(found);
    }

    private static List<String> all(Pattern pattern, String text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return List.copyOf(found);
    }

    /** The name in a placeholder: the first in capitals, else the first; the whole where there is none. */
    public static String name(String placeholder) {
        Optional<String> first = Optional.empty();
        Matcher matcher = NAME.matcher(placeholder);
        while (matcher.find()) {
            String name = matcher.group().replaceFirst("_+$", "");
            if (name.equals(name.toUpperCase(Locale.ROOT))) {
                return name;
            }
            first = first.or(() -> Optional.of(name));
        }
        return first.orElse(placeholder);
    }

    /** What is said of a key, a section or a line with placeholders in it. */
    public static Fate fate(List<String> placeholders, Fillers fillers) {
        List<String> places = new ArrayList<>();
        placeholders.forEach(placeholder -> fillers.of(placeholder).stream()
                .filter(place -> !places.contains(place))
                .forEach(places::add));
        String who = places.isEmpty() ? "something" : String.join(", ", places);
        String names = String.join(", ", placeholders);
        return Fate.notCarried(
                who + (places.size() > 1 ? " fill in " : " fills in ") + names
                        + " before the old supervisor reads the file; nobody does in what is written here",
                "convert what comes of it; or write ${" + variable(placeholders.get(0))
                        + "?} in its place, and set that" + " variable");
    }

    private static String variable(String placeholder) {
        String name = name(placeholder).toUpperCase(Locale.ROOT);
        return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "NAME" : name;
    }
}
