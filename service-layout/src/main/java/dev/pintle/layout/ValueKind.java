package dev.pintle.layout;

/** What the value of a {@link Key} is. */
public enum ValueKind {
    /** One of {@link Key#choices()}. */
    CHOICE("choice"),
    /** Words as a POSIX shell splits them. */
    WORDS("command"),
    /** {@code yes no true false on off 1 0}. */
    BOOLEAN("boolean"),
    /** A number, 0 or more. */
    COUNT("number"),
    /** A number, 0 or more, or {@code unlimited}. */
    COUNT_OR_UNLIMITED("number or `unlimited`"),
    /** A number with a sign. */
    INTEGER("integer"),
    /** {@code 250ms 10s 5m 1h}, a bare number being seconds. */
    DURATION("duration"),
    /** Permission bits in octal. */
    OCTAL("octal"),
    /** A signal's name or number. */
    SIGNAL("signal"),
    /** Exit codes and signals' names. */
    EXIT_CODES("list of codes"),
    /** A user, with or without a group. */
    USER("user"),
    /** One name. */
    NAME("name"),
    /** Names, separated by commas or white space. */
    NAMES("list of names"),
    /** Names with conditions. */
    DEPENDENCIES("list of services"),
    /** How readiness is told. */
    READINESS("readiness"),
    /** An absolute path. */
    PATH("path"),
    /** Paths, each with or without {@code -} before it. */
    PATHS("list of paths"),
    /** Where a stream goes. */
    OUTPUT("destination"),
    /** A soft and a hard limit. */
    LIMIT("limit");

    private final String text;

    ValueKind(String text) {
        this.text = text;
    }

    /** The kind in a reader's words. */
    public String text() {
        return text;
    }
}
