package dev.pintle.layout.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes values so that they read back as what they were.
 *
 * <p>A <em>literal</em> is what the program shall see. A <em>template</em> is a literal whose dollar signs have their
 * meaning for interpolation: {@code ${PORT:-80}}, {@code $$}. {@link #escape} makes a literal a template; everything
 * else here takes templates, so a caller can put both into one word.
 */
public final class LayoutText {

    /** How continued lines are indented. */
    private static final String INDENT = "    ";

    /** Characters that need quotes: those that the grammar or a shell reader gives a meaning. */
    private static final String SPECIAL = " \t\n\r'\"\\`|&;<>()*?[]~#!{}";

    private LayoutText() {}

    /** A template that interpolates to {@code literal}. */
    public static String escape(String literal) {
        StringBuilder template = new StringBuilder(literal.length());
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            template.append(c);
            if (c == '$') {
                template.append('$');
            }
        }
        return template.toString();
    }

    /** A line of service.conf; {@code value} is what one of the other methods returned. */
    public static String entry(String key, String value) {
        if (value.isEmpty()) {
            return key + " =\n";
        }
        return key + (value.charAt(0) == '\n' ? " =" : " = ") + value + "\n";
    }

    /** The value of {@code command}, or of another key that takes a command, with exactly these literal words. */
    public static String command(List<String> literals) {
        List<String> templates = new ArrayList<>(literals.size());
        for (String literal : literals) {
            templates.add(escape(literal));
        }
        return words(templates);
    }

    /** As {@link #command}, of templates. No word disappears where its variables are empty, but for {@code ${=…}}. */
    public static String words(List<String> templates) {
        StringBuilder value = new StringBuilder();
        for (String template : templates) {
            String word = word(template);
            if (word.indexOf('\n') >= 0) {
                // On a line of its own the quote decides the indentation that the reader takes off the lines after it.
                value.append('\n').append(INDENT).append(indent(word));
            } else {
                if (value.length() > 0) {
                    value.append(' ');
                }
                value.append(word);
            }
        }
        return value.toString();
    }

    /** The value of a variable in {@code [environment]}. */
    public static String environment(String template) {
        if (template.isEmpty() || (isPlain(template) && !isQuote(template.charAt(0)))) {
            return template;
        }
        String word = quote(template);
        return word.indexOf('\n') >= 0 ? "\n" + INDENT + indent(word) : word;
    }

    /** Whether {@link #plain} can write the template. */
    public static boolean isPlain(String template) {
        if (template.isEmpty() || template.indexOf('\n') >= 0) {
            return false;
        }
        char last = template.charAt(template.length() - 1);
        return !Ascii.isBlank(template.charAt(0)) && !Ascii.isBlank(last) && last != '\r';
    }

    /**
     * The value of a key that takes one text, such as a path.
     *
     * @throws IllegalArgumentException where no such value can be written: an empty one, one with blanks at an end, one
     *     of several lines
     */
    public static String plain(String template) {
        if (!isPlain(template)) {
            throw new IllegalArgumentException(
                    "cannot write value: it is empty, or has blanks at an end, or several lines: '" + template + "'");
        }
        return template;
    }

    /** The value of a key that takes a list. */
    public static String list(List<String> names) {
        StringBuilder value = new StringBuilder();
        for (String name : names) {
            if (value.length() > 0) {
                value.append(", ");
            }
            value.append(name);
        }
        return value.toString();
    }

    /** The duration in its largest whole unit: {@code 10s}, {@code 1500ms}, {@code 1h}. */
    public static String duration(long millis) {
        if (millis == 0) {
            return "0s";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        if (millis % 1000 == 0) {
            return millis / 1000 + "s";
        }
        return millis + "ms";
    }

    /** The size, of bytes, in its largest whole unit: {@code 50m}, {@code 1000000}. */
    public static String size(long bytes) {
        String units = "kmg";
        long count = bytes;
        int unit = 0;
        while (unit < units.length() && count >= 1024 && count % 1024 == 0) {
            count /= 1024;
            unit++;
        }
        return unit == 0 ? String.valueOf(count) : count + units.substring(unit - 1, unit);
    }

    /** One word of a command, in quotes where it needs them; what is to be split stays outside of quotes. */
    public static String word(String template) {
        Braces braces = new Braces(template);
        StringBuilder word = new StringBuilder();
        int from = 0;
        for (int i = 0; i < template.length(); ) {
            int end = Interpolation.end(template, braces, i);
            if (template.startsWith(Interpolation.SPLIT, i) && end > i + 1) {
                word.append(from == i ? "" : part(template.substring(from, i))).append(template, i, end);
                from = end;
            }
            i = end;
        }
        return from == 0
                ? part(template)
                : word.append(from == template.length() ? "" : part(template.substring(from)))
                        .toString();
    }

    private static String part(String template) {
        Braces braces = new Braces(template);
        boolean literalPart = false;
        for (int i = 0; i < template.length(); ) {
            int end = Interpolation.end(template, braces, i);
            if (end > i + 1 || template.charAt(i) == '$') {
                literalPart |= template.startsWith("$$", i);
                i = end;
                continue;
            }
            if (SPECIAL.indexOf(template.charAt(i)) >= 0) {
                return quote(template);
            }
            literalPart = true;
            i++;
        }
        return literalPart ? template : quote(template);
    }

    /** In double quotes where a single one or a variable is within, else in single quotes. */
    private static String quote(String template) {
        if (!needsDoubleQuotes(template)) {
            return "'" + template + "'";
        }
        Braces braces = new Braces(template);
        StringBuilder quoted = new StringBuilder(template.length() + 8);
        quoted.append('"');
        for (int i = 0; i < template.length(); ) {
            int end = Interpolation.end(template, braces, i);
            char c = template.charAt(i);
            if (c == '"' || c == '\\' || c == '`') {
                quoted.append('\\');
            }
            quoted.append(template, i, end);
            i = end;
        }
        return quoted.append('"').toString();
    }

    private static boolean needsDoubleQuotes(String template) {
        Braces braces = new Braces(template);
        for (int i = 0; i < template.length(); ) {
            char c = template.charAt(i);
            if (c == '\'' || (c == '$' && !template.startsWith("$$", i))) {
                return true;
            }
            i = Interpolation.end(template, braces, i);
        }
        return false;
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    /** Indents all lines but the first. A carriage return before a line's end is doubled: the reader takes one off. */
    private static String indent(String word) {
        StringBuilder text = new StringBuilder(word.length() + 16);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\n') {
                if (i > 0 && word.charAt(i - 1) == '\r') {
                    text.append('\r');
                }
                text.append(c);
                if (i + 1 < word.length() && word.charAt(i + 1) != '\n') {
                    text.append(INDENT);
                }
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
