package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.Section;
import dev.pintle.layout.ValueKind;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.ConfText;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Nearest;
import dev.pintle.layout.text.Signals;
import dev.pintle.layout.text.Words;
import org.jspecify.annotations.Nullable;

/**
 * Finds indented lines that are meant to stand by themselves. A {@code user = nobody} that a command swallows is a service
 * that runs as root.
 */
final class KnownLines implements ConfText.Lookout {

    private final Section.File kind;

    /** Knows the keys and sections of one kind of file. */
    KnownLines(Section.File kind) {
        this.kind = kind;
    }

    @Override
    public @Nullable String alone(String section, String key, boolean quoted, String line) {
        Section known = Section.find(kind, section);
        if (known == null || (quoted && mayBeQuoted(known, key))) {
            return null;
        }
        if (line.startsWith("[")) {
            int close = line.indexOf(']');
            boolean whole = close == line.length() - 1;
            return whole && isSection(line.substring(1, close)) ? line : null;
        }
        // In [environment] and [signals] the names are the user's own, so only what is surely a key is none of the
        // value.
        boolean strict = known == Section.ENVIRONMENT || known == Section.SIGNALS;
        // A pattern of lines may be "start: *".
        boolean loose = !strict && !isOfKind(known, key, ValueKind.GLOBS);
        String item = loose ? withoutDash(line) : line;
        String name = nameBefore(item, assignment(item));
        if (name == null) {
            name = nameBefore(item, yamlColon(item));
            boolean meant = name != null
                    && (isKey(known, name) || (loose && (isMeantAsKey(known, name) || isOfOtherSection(name))));
            return meant ? name : loose ? keyBeforeWord(known, item) : null;
        }
        if (isKey(known, name)) {
            return name;
        }
        boolean spaced = Ascii.isBlank(item.charAt(name.length()));
        // ENV=prod is an argument of env and make; USER=app may be one, in quotes.
        boolean word = !spaced && name.equals(Ascii.upper(name));
        boolean meant = word
                ? loose && ForeignWords.isNear(name, Conf.names(known))
                : (spaced || loose) && isMeantAsKey(known, name);
        boolean others = !strict && isOfOtherSection(name) && (spaced || name.indexOf('_') > 0);
        return !strict && (meant || others || (spaced && Nearest.find(name, Conf.names(known)) != null)) ? name : null;
    }

    /** Where the value's separator stands, which may be that of another language: {@code :=}, {@code +=}; -1 for none. */
    private static int assignment(String line) {
        int equals = line.indexOf('=');
        return equals > 0 && ":+?".indexOf(line.charAt(equals - 1)) >= 0 ? equals - 1 : equals;
    }

    /**
     * The key of a line such as {@code user nobody}, where that is not likely to be two words of a command: many programs have
     * a word such as {@code restart}, and few one such as {@code stop_signal}.
     */
    private static @Nullable String keyBeforeWord(Section section, String line) {
        int blank = line.indexOf(' ');
        String name = blank < 0 ? "" : line.substring(0, blank);
        boolean two = Ascii.trim(line.substring(blank + 1)).indexOf(' ') < 0;
        boolean likely = name.equals(Key.USER.text()) || name.indexOf('_') > 0;
        return two && likely && isKey(section, name) ? name : null;
    }

    /** {@code - user: nobody} without its dash, which makes it an item of a list in YAML. */
    private static String withoutDash(String line) {
        boolean dash = line.length() > 1 && line.charAt(0) == '-' && Ascii.isBlank(line.charAt(1));
        return dash ? Ascii.trim(line.substring(1)) : line;
    }

    /** Where a colon stands that ends a key of YAML: a blank follows, or nothing. Else -1: {@code nobody:users} is a word. */
    private static int yamlColon(String line) {
        int colon = line.indexOf(':');
        return colon + 1 < line.length() && !Ascii.isBlank(line.charAt(colon + 1)) ? -1 : colon;
    }

    /** Whether a key's name is written otherwise than here, or the word that another program has for a key. */
    private static boolean isMeantAsKey(Section section, String name) {
        return ForeignWords.key(name) != null
                || ForeignWords.isNear(name, Conf.names(section))
                || (section.file() == Section.File.SERVICE_CONF
                        && ForeignWords.isNear(name, Conf.names(Section.SERVICE)));
    }

    private boolean isSection(String name) {
        return !name.isEmpty() && (Section.find(kind, name) != null || ForeignWords.section(name) != null);
    }

    private static boolean mayBeQuoted(Section section, String key) {
        return section == Section.ENVIRONMENT || isOfKind(section, key, ValueKind.WORDS);
    }

    private static boolean isOfKind(Section section, String key, ValueKind kind) {
        Key known = Key.find(section, key);
        return known != null && known.kind() == kind;
    }

    /** Whether a service has the key in any of its sections. */
    private boolean isOfOtherSection(String name) {
        for (Key key : Key.values()) {
            if (key.section().file() == kind && key.text().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(Section section, String name) {
        if (section == Section.SIGNALS) {
            return Signals.number(name) > 0;
        }
        return (section != Section.ENVIRONMENT && Key.find(section, name) != null)
                || (section.file() == Section.File.SERVICE_CONF && Key.find(Section.SERVICE, name) != null);
    }

    /**
     * The one word that a line begins with, up to {@code end}, without the quotes that JSON puts around it; null where it is not
     * one, or an option: {@code --user}.
     */
    private static @Nullable String nameBefore(String line, int end) {
        String name = end <= 0 ? "" : Ascii.trim(line.substring(0, end));
        if (name.length() > 2 && name.charAt(0) == '"' && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        for (int i = 0; i < name.length(); i++) {
            if (!Ascii.isNamePart(name.charAt(i)) && name.charAt(i) != '-') {
                return null;
            }
        }
        return name.isEmpty() || name.startsWith("-") ? null : name;
    }

    /** Warns of lines in a variable's value that look like variables of their own. */
    static void warnOfVariables(ConfText.Entry entry, Diagnostics diagnostics) {
        String value = entry.value().text();
        int newline = value.indexOf('\n');
        if (newline < 0 || Words.unquote(value) != null) {
            return;
        }
        while (newline >= 0) {
            int start = newline + 1;
            newline = value.indexOf('\n', start);
            String line = value.substring(start, newline < 0 ? value.length() : newline);
            String alone = Ascii.trim(line);
            String name = nameBefore(alone, alone.indexOf('='));
            name = name == null ? nameBefore(alone, yamlColon(alone)) : name;
            if (name != null && name.equals(Ascii.upper(name)) && !Ascii.isDigit(name.charAt(0))) {
                diagnostics.warning(
                        entry.value().at(start),
                        "indented-line",
                        "set " + name,
                        "the line is indented, so it continues " + entry.key(),
                        "begin it in column 1; if it belongs to " + entry.key() + ", put the whole value in quotes");
            }
        }
    }
}
