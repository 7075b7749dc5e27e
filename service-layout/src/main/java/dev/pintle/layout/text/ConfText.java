package dev.pintle.layout.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service.conf or pintle.conf cut into sections and entries; what keys and values mean is not known here.
 *
 * <p>The grammar: a line whose first character is {@code #} or {@code ;} is a comment, wherever it stands; {@code [name]}
 * begins a section; {@code key = value} sets a key, blanks around both being dropped; a line that begins with a blank
 * continues the value above it. Continued lines are joined by newlines, which are white space in commands and lists. They
 * lose the indentation of the first of them and no more, and blank lines between them stay, so a script or a key in PEM
 * stands as it was written. A carriage return before a line's end is dropped, as is a byte order mark.
 */
public final class ConfText {

    /**
     * A section as it was written.
     *
     * @param name     the text between the brackets; empty for what stands before the first header
     * @param position of the header
     * @param entries  by key, in order
     */
    public record SectionText(String name, Position position, Map<String, Entry> entries) {}

    /**
     * A key and its value.
     *
     * @param key      as it was written
     * @param position of the key
     * @param value    as it was written
     */
    public record Entry(String key, Position position, SourceText value) {}

    /** Knows what an indented line would be by itself: what keys there are is not known here. */
    public interface Lookout {

        /** No line would be anything. */
        Lookout NONE = (section, key, quoted, line) -> null;

        /**
         * What a line would set or begin, such as {@code user} or {@code [healthcheck]}, if it were not indented; null where it is
         * plainly a part of the value above.
         *
         * @param section the section that the value stands in
         * @param key     the key whose value the line continues
         * @param quoted  whether a quote of the value is open before the line
         * @param line    the line without its indentation
         */
        @Nullable
        String alone(String section, String key, boolean quoted, String line);
    }

    private final String file;
    private final Lookout lookout;
    private final Diagnostics diagnostics;
    private final Map<String, SectionText> sections = new LinkedHashMap<>();
    private SectionText section;
    /** Whether the rest of the file is too much. */
    private boolean full;

    private @Nullable ValueLines value;
    private @Nullable Entry pending;
    /** Whether the line above was wrong: what continues it is not reported again. */
    private boolean skipping;
    /** The key whose value would swallow the indented lines since; null where none was found to be more than its value. */
    private @Nullable String swallower;

    private ConfText(String file, Lookout lookout, Diagnostics diagnostics) {
        this.file = file;
        this.lookout = lookout;
        this.diagnostics = diagnostics;
        this.section = new SectionText("", new Position(file, 1, 0), new LinkedHashMap<>());
        sections.put("", section);
    }

    /** The sections of {@code text}, the unnamed one first. Wrong lines are reported and left out. */
    public static List<SectionText> read(String file, String text, Diagnostics diagnostics) {
        return read(file, text, Lookout.NONE, diagnostics);
    }

    /** As {@link #read(String, String, Diagnostics)}; what {@code lookout} knows to be no continuation is reported, too. */
    public static List<SectionText> read(String file, String text, Lookout lookout, Diagnostics diagnostics) {
        ConfText reader = new ConfText(file, lookout, diagnostics);
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        for (int number = 1; start < text.length() && !reader.full && !diagnostics.isFull(); number++) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            int next = end + 1;
            if (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            reader.line(number, text.substring(start, end));
            start = next;
        }
        reader.closeValue();
        return new ArrayList<>(reader.sections.values());
    }

    private void line(int number, String line) {
        int nul = line.indexOf('\0');
        if (nul >= 0) {
            error(number, nul + 1, "bad-line", "read line", "it has a NUL character", null);
            return;
        }
        char first = line.isEmpty() ? ' ' : line.charAt(0);
        if (first == '#' || first == ';') {
            return;
        }
        if (Ascii.isBlank(first)) {
            continuation(number, line);
            return;
        }
        closeValue();
        skipping = false;
        swallower = null;
        if (first == '[') {
            header(number, line);
        } else {
            entry(number, line);
        }
    }

    private void continuation(int number, String line) {
        Entry continued = pending;
        if (value != null && continued != null) {
            String alone = Ascii.trim(line);
            boolean quoted = value.quote != 0;
            String own = alone.isEmpty() ? null : lookout.alone(section.name(), continued.key(), quoted, alone);
            if (own == null) {
                value.add(number, line);
            } else {
                swallower = swallower != null ? swallower : continued.key();
                indented(number, line, own, swallower);
            }
        } else if (!skipping && !Ascii.trim(line).isEmpty()) {
            error(
                    number,
                    1,
                    "bad-continuation",
                    "read line",
                    "it is indented, and there is no value above that it continues",
                    "begin the line in column 1");
            skipping = true;
        }
    }

    /** A line that would be swallowed by the value above it. It is read as what it looks like, to find what else is wrong. */
    private void indented(int number, String line, String own, String continued) {
        String alone = Ascii.trim(line);
        boolean header = alone.startsWith("[");
        int separator = header ? 0 : separator(alone, own);
        boolean ours = header || (alone.startsWith(own) && alone.startsWith("=", separator));
        String place = ours ? "begin it in column 1" : "write it as key = value in column 1";
        error(
                number,
                line.indexOf(alone) + 1,
                "indented-line",
                (header ? "begin " : "set ") + own,
                "the line is indented, so it continues " + continued,
                place + "; if it belongs to " + continued + ", write it on the line above or in quotes");
        closeValue();
        if (header) {
            header(number, alone);
        } else {
            // "- user: nobody" and "user nobody" are read as "user = nobody".
            boolean separated = separator < alone.length() && ":=".indexOf(alone.charAt(separator)) >= 0;
            entry(number, own + "=" + alone.substring(separated ? separator + 1 : separator));
        }
        skipping = value == null;
    }

    /** Where the character stands that separates a key from its value. */
    private static int separator(String line, String key) {
        int after = line.indexOf(key) + key.length();
        while (after < line.length() && (Ascii.isBlank(line.charAt(after)) || line.charAt(after) == '"')) {
            after++;
        }
        // That of ":=" is its second character.
        return line.startsWith("=", after + 1) ? after + 1 : after;
    }

    private void header(int number, String line) {
        int close = line.indexOf(']');
        if (close < 0 || !Ascii.trim(line.substring(close + 1)).isEmpty()) {
            error(
                    number,
                    close < 0 ? line.length() : close + 2,
                    "bad-section",
                    "read section header",
                    close < 0 ? "no ']'" : "more text after ']'",
                    close < 0 ? null : "give a comment a line of its own");
        }
        String name = Ascii.trim(line.substring(1, close < 0 ? line.length() : close));
        Position position = new Position(file, number, 1);
        SectionText earlier = sections.get(name);
        if (earlier == null) {
            require(
                    sections.size() < Budget.MOST_SECTIONS,
                    position,
                    "it has more than " + Budget.MOST_SECTIONS + " sections");
            section = new SectionText(name, position, new LinkedHashMap<>());
            sections.put(name, section);
        } else {
            section = earlier;
            if (!name.isEmpty()) {
                diagnostics.error(
                        position,
                        "duplicate-section",
                        "begin section [" + name + "] again",
                        "it began in line " + earlier.position().line(),
                        "put all its keys under one header");
            }
        }
        if (name.isEmpty()) {
            diagnostics.error(position, "bad-section", "read section header", "no name", null);
        }
    }

    private void entry(int number, String line) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? "" : Ascii.trim(line.substring(0, equals));
        if (key.isEmpty()) {
            error(
                    number,
                    1,
                    "bad-line",
                    "read line",
                    equals < 0 ? "no '='" : "no key before '='",
                    "a line is 'key = value', '[section]' or a comment; what continues a value is indented");
            skipping = true;
            return;
        }
        value = new ValueLines(number, line, equals + 1);
        pending = new Entry(key, new Position(file, number, 1), SourceText.of(file, ""));
    }

    private void closeValue() {
        Entry entry = pending;
        if (entry == null || value == null || full) {
            return;
        }
        SourceText text = value.join(file);
        value = null;
        pending = null;
        Entry earlier = section.entries().get(entry.key());
        if (earlier == null) {
            require(
                    section.entries().size() < Budget.MOST_VARIABLES,
                    entry.position(),
                    "a section has more than " + Budget.MOST_VARIABLES + " keys");
            section.entries().put(entry.key(), new Entry(entry.key(), entry.position(), text));
        } else {
            diagnostics.error(
                    entry.position(),
                    "duplicate-key",
                    "set " + entry.key() + " again",
                    "it was set in line " + earlier.position().line(),
                    null);
        }
    }

    /** Names could be made up so that to tell each from all others takes long: there are not too many to tell apart. */
    private void require(boolean held, Position at, String cause) {
        if (!held) {
            diagnostics.error(at, "too-large", "read the file", cause, Budget.HINT);
            full = true;
        }
    }

    private void error(int line, int column, String code, String what, String cause, @Nullable String hint) {
        diagnostics.error(new Position(file, line, column), code, what, cause, hint);
    }

    /** The physical lines of one value. */
    private static final class ValueLines {
        private final List<String> lines = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final int firstColumn;
        /** The quote that is open after the last line, or 0. */
        private char quote;

        ValueLines(int number, String line, int valueStart) {
            firstColumn = valueStart + 1;
            add(number, line.substring(valueStart));
        }

        final void add(int number, String line) {
            lines.add(line);
            numbers.add(number);
            quote = Words.quoteAfter(quote, line);
        }

        SourceText join(String file) {
            int indentation = indentation();
            int count = lines.size();
            int[] starts = new int[count];
            int[] numbersOf = new int[count];
            int[] columns = new int[count];
            StringBuilder joined = new StringBuilder();
            for (int i = 0; i < count; i++) {
                String line = lines.get(i);
                int strip = i == 0 ? 0 : Math.min(blanks(line), indentation);
                if (i > 0) {
                    joined.append('\n');
                }
                starts[i] = joined.length();
                numbersOf[i] = numbers.get(i);
                columns[i] = (i == 0 ? firstColumn : 1) + strip;
                joined.append(line, strip, line.length());
            }
            String text = Ascii.trim(joined.toString());
            int dropped = text.isEmpty() ? 0 : joined.indexOf(text);
            for (int i = 0; i < count; i++) {
                starts[i] -= dropped;
            }
            return new SourceText(file, text, starts, numbersOf, columns);
        }

        private int indentation() {
            for (int i = 1; i < lines.size(); i++) {
                int blanks = blanks(lines.get(i));
                if (blanks < lines.get(i).length()) {
                    return blanks;
                }
            }
            return Integer.MAX_VALUE;
        }

        private static int blanks(String line) {
            int count = 0;
            while (count < line.length() && Ascii.isBlank(line.charAt(count))) {
                count++;
            }
            return count;
        }
    }
}
