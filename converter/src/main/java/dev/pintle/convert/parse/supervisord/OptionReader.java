package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.Conversions.Conversion;
import dev.pintle.convert.parse.supervisord.ini.IniDocument;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.ScannedFile.Option;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the options of one section: expanded, converted, with every mistake reported where it stands. */
final class OptionReader {

    private final IniDocument document;
    private final Problems problems;
    private final String section;
    private final Names names;
    private final Version version;

    OptionReader(IniDocument document, Problems problems, String section, Names names, Version version) {
        this.version = version;
        this.document = document;
        this.problems = problems;
        this.section = section;
        this.names = names;
    }

    /** The option as it stands, unexpanded. */
    Optional<Text> raw(String key) {
        return Optional.ofNullable(document.get(section, key)).map(Text::of);
    }

    /** The option, expanded; absent where it is not set or cannot be expanded. */
    Optional<Text> text(String key) {
        return raw(key).flatMap(value -> expand(key, value));
    }

    /** Expands a value of an option, which may have been expanded before. */
    Optional<Text> expand(String key, Text value) {
        try {
            return Optional.of(PercentFormat.expand(value, names::get));
        } catch (BadValueException e) {
            refuse(key, e);
            return Optional.empty();
        }
    }

    /** The option, expanded and converted; {@code fallback} where it is not set or wrong. */
    <T> Value<T> value(String key, T fallback, Conversion<T> conversion) {
        return optional(key, conversion).orElse(Value.of(fallback));
    }

    /** The option, expanded and converted, where it is set and right. */
    <T> Optional<Value<T>> optional(String key, Conversion<T> conversion) {
        return text(key).flatMap(value -> convert(key, value, text -> Conversions.apply(conversion, text)));
    }

    /** A conversion of text that may have variables in it. */
    interface TextConversion<T> {
        /** Throws where supervisord would refuse the text. */
        T convert(Text text) throws BadValueException;
    }

    /** Converts a value of an option; absent, and reported, where that is not possible. */
    <T> Optional<T> convert(String key, Text value, TextConversion<T> conversion) {
        try {
            return Optional.of(conversion.convert(value));
        } catch (BadValueException e) {
            refuse(key, e);
            return Optional.empty();
        }
    }

    /** The option, expanded, where it is a user, or a user and a group. */
    Optional<Text> account(String key) {
        return text(key)
                .flatMap(value -> convert(key, value, account -> {
                    Conversions.apply(Conversions::account, account);
                    return account;
                }));
    }

    /** The variables that an option's expanded value lists. */
    Optional<Map<String, Text>> environment(String key, Text value) {
        return convert(
                key,
                value,
                text -> EnvironmentList.parse(
                        text,
                        version,
                        cause -> warn(
                                key,
                                "misread-environment",
                                "cannot read " + key + " of [" + section + "] as it must be meant: the value of "
                                        + cause,
                                "supervisord reads it that way too; quote the value, and separate variables with commas")));
    }

    private void refuse(String key, BadValueException e) {
        refuse(key, e.offset(), e.reason(), e.hint());
    }

    /** Reports an option that supervisord would refuse. */
    void refuse(String key, int offset, String cause, @Nullable String hint) {
        Option option = document.winner(section, key);
        Position at = option == null ? document.header(section) : option.positionAt(offset);
        problems.error(at, "bad-value", "cannot read " + key + " of [" + section + "]: " + cause, hint);
    }

    /** Reports an option that has to be there and is not. */
    void missing(String key, String hint) {
        problems.error(document.header(section), "missing-key", "cannot find " + key + " in [" + section + "]", hint);
    }

    /** Reports an option that supervisord warns of. */
    void warn(String key, String code, String message, @Nullable String hint) {
        Option option = document.winner(section, key);
        problems.warning(option == null ? document.header(section) : option.position(), code, message, hint);
    }
}
