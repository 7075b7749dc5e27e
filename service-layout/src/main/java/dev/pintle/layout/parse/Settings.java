package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Budget;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Interpolation;
import dev.pintle.layout.text.Nearest;
import dev.pintle.layout.text.Position;
import dev.pintle.layout.text.SourceText;
import dev.pintle.layout.text.Values;
import dev.pintle.layout.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of keys: what a file says, else what [defaults] says, else the key's default. A value that is empty once it is
 * interpolated counts as not given, so {@code nice = ${APP_NICE:-}} leaves the choice to the environment; but for {@code user},
 * since a service that nobody has thought of would run as root.
 */
final class Settings {

    /** What is shown of a value in a message. */
    private static final int SHOWN = 60;

    private final Map<Key, Entry> own;
    private final Map<Key, Entry> defaults;
    private final Interpolation interpolation;
    private final Diagnostics diagnostics;

    Settings(Map<Key, Entry> own, Map<Key, Entry> defaults, Interpolation interpolation, Diagnostics diagnostics) {
        this.own = own;
        this.defaults = defaults;
        this.interpolation = interpolation;
        this.diagnostics = diagnostics;
    }

    /**
     * An item of a list.
     *
     * @param text     never empty
     * @param position of the item; of the whole value where a variable took part
     */
    record Item(String text, Position position) {}

    /** What values count in. */
    Budget budget() {
        return interpolation.budget();
    }

    /** Takes what is wrong. */
    Diagnostics diagnostics() {
        return diagnostics;
    }

    /** The entry that sets the key, in the file or in [defaults]; or null. */
    @Nullable
    Entry entry(Key key) {
        Entry entry = own.get(key);
        return entry != null ? entry : defaults.get(key);
    }

    /** The entry that sets the key in the file itself, or null. */
    @Nullable
    Entry ownEntry(Key key) {
        return own.get(key);
    }

    /** The entry of the first of these keys that the file itself sets, or null. */
    @Nullable
    Entry firstOwnEntry(List<Key> keys) {
        for (Key key : keys) {
            Entry entry = own.get(key);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** The interpolated text, or null where the key is not given, is empty or has been reported. */
    @Nullable
    String text(Key key) {
        Entry entry = entry(key);
        if (entry == null) {
            return null;
        }
        if (key == Key.USER && isNobody(entry)) {
            diagnostics.error(
                    entry.value().start(),
                    "empty-user",
                    "read " + key.label() + " '" + shown(entry.value().text()) + "'",
                    "it is empty, and the service would run as the user of init, often root",
                    "write a name, or ${NAME:-root} where root may be meant");
            return null;
        }
        String text = interpolation.interpolate(entry.value().text(), diagnostics.of(entry.value()));
        if (text == null || Ascii.trim(text).isEmpty()) {
            return null;
        }
        budget().addReading(text.length(), entry.value().start(), diagnostics);
        if (text.indexOf('\n') >= 0 && !isList(key)) {
            diagnostics.error(
                    entry.value().start(),
                    "bad-value",
                    "read " + key.label(),
                    "it takes one line, and has several",
                    "begin the next key in column 1");
            return null;
        }
        return text;
    }

    /** Before the start, as when an image is built, a variable may still be empty. */
    private boolean isNobody(Entry entry) {
        String template = entry.value().text();
        String text = interpolation.isDemanding() || template.indexOf('$') < 0
                ? interpolation.interpolate(template, Interpolation.Listener.NONE)
                : null;
        return text != null && Ascii.trim(text).isEmpty();
    }

    private static boolean isList(Key key) {
        return switch (key.kind()) {
            case NAMES, DEPENDENCIES, EXIT_CODES, PATHS, SOCKETS, CAPABILITIES, OUTPUT, GLOBS -> true;
            default -> false;
        };
    }

    /** The value, or null where the key is not given or has been reported. */
    <T> @Nullable T optional(Key key, Values.Reader<T> reader) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            return reader.read(text);
        } catch (BadValueException e) {
            badValue(key, text, position(key), e);
            return null;
        }
    }

    /** The value, or the key's default. */
    <T> T get(Key key, Values.Reader<T> reader) {
        return get(key, reader, usual(key));
    }

    private static String usual(Key key) {
        String value = key.defaultValue();
        return value == null ? "" : value;
    }

    /** The value, or that of {@code otherwise}. */
    <T> T get(Key key, Values.Reader<T> reader, String otherwise) {
        T value = optional(key, reader);
        if (value != null) {
            return value;
        }
        try {
            return reader.read(otherwise);
        } catch (BadValueException e) {
            throw new IllegalStateException("default of " + key.text() + ": " + e.cause(), e);
        }
    }

    /** Milliseconds. */
    long duration(Key key) {
        return get(key, Values::duration);
    }

    /** A boolean. */
    boolean bool(Key key) {
        return get(key, Values::bool);
    }

    /** One of {@code constants}, which are called as the key's choices are. */
    <E extends Enum<E>> E choice(Key key, E[] constants) {
        return choice(key, constants, usual(key));
    }

    /** As {@link #choice(Key, Enum[])}, with another default. */
    <E extends Enum<E>> E choice(Key key, E[] constants, String otherwise) {
        return get(key, text -> oneOf(key, constants, text), otherwise);
    }

    /** The one of {@code constants} that {@code text} names, where it is one of the key's choices. */
    static <E extends Enum<E>> E oneOf(Key key, E[] constants, String text) throws BadValueException {
        E constant = key.allows(text) ? constant(constants, text) : null;
        if (constant == null) {
            throw noChoice(key, text);
        }
        return constant;
    }

    /** The one of {@code constants} that {@code text} names, in small letters and with hyphens; null for none. */
    static <E extends Enum<E>> @Nullable E constant(E[] constants, String text) {
        String name = Ascii.upper(text).replace('-', '_');
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return null;
    }

    /** The value of a key that has choices, as it is written. */
    String choiceText(Key key) {
        return get(key, text -> choiceText(key, text));
    }

    /** A value that is one of a key's choices. */
    static String choiceText(Key key, String text) throws BadValueException {
        if (!key.allows(text)) {
            throw noChoice(key, text);
        }
        return text;
    }

    /** What is thrown for a text that is none of the key's choices. */
    private static BadValueException noChoice(Key key, String text) {
        String foreign = ForeignWords.value(key, text);
        return new BadValueException(
                "it is none of " + String.join(", ", key.choices()),
                foreign != null ? foreign : Nearest.didYouMean(text, key.choices()));
    }

    /** The items of a list; empty where the key is not given. */
    List<Item> items(Key key) {
        Entry entry = entry(key);
        String text = text(key);
        List<Item> items = new ArrayList<>();
        if (entry != null && text != null) {
            SourceText value = entry.value();
            boolean asWritten = text.equals(value.text());
            for (Values.Item item : Values.items(text)) {
                Position position = asWritten ? value.at(item.offset()) : value.start();
                budget().addValue(item.text().length(), position, diagnostics);
                items.add(new Item(item.text(), position));
            }
        }
        return items;
    }

    /** Each item of a list, read; those that are no good are reported and left out. */
    <T> List<T> list(Key key, Values.Reader<T> reader) {
        if (entry(key) == null) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (Item item : items(key)) {
            try {
                values.add(reader.read(item.text()));
            } catch (BadValueException e) {
                badValue(key, item.text(), item.position(), e);
            }
        }
        return values;
    }

    /** The words of a command, which may be none; null where it has been reported. */
    @Nullable
    List<String> words(Entry entry) {
        return Words.read(entry.value(), interpolation, diagnostics);
    }

    /** The value of a variable in [environment]; quotes around the whole of it are taken off. Null where reported. */
    @Nullable
    String variable(Entry entry) {
        SourceText value = entry.value();
        budget().addValue(entry.key().length(), entry.position(), diagnostics);
        if (value.text().indexOf('$') < 0) {
            // One string for all instances, but each is compared with what it was before.
            budget().addReading(value.text().length(), value.start(), diagnostics);
        }
        String unquoted = Words.unquote(value.text());
        if (unquoted == null) {
            return interpolation.interpolate(value.text(), diagnostics.of(value));
        }
        return interpolation.interpolate(unquoted, diagnostics.at(value.start()));
    }

    /** Where the key's value begins; the file's beginning where it is not given. */
    Position position(Key key) {
        Entry entry = entry(key);
        return entry == null ? Position.of("") : entry.value().start();
    }

    /** Reports a value that is not of its kind. */
    void badValue(Key key, String text, Position position, BadValueException e) {
        diagnostics.error(
                position,
                "bad-value",
                "read " + key.label() + " '" + shown(text) + "'",
                e.cause(),
                text.contains(" #") || text.contains(" ;") ? "give a comment a line of its own" : e.hint());
    }

    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
