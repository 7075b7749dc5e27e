package dev.pintle.layout;

/** What the value of a {@link Key} is. */
public enum ValueKind {
    /** One of {@link Key#choices()}. */
    CHOICE,
    /** Words as a POSIX shell splits them. */
    WORDS,
    /** {@code yes no true false on off 1 0}. */
    BOOLEAN,
    /** A number, 0 or more. */
    COUNT,
    /** A number, 0 or more, or {@code unlimited}. */
    COUNT_OR_UNLIMITED,
    /** A number with a sign. */
    INTEGER,
    /** {@code 250ms 10s 5m 1h}, a bare number being seconds. */
    DURATION,
    /** Permission bits in octal. */
    OCTAL,
    /** A signal's name or number. */
    SIGNAL,
    /** Exit codes and signals' names. */
    EXIT_CODES,
    /** A user, with or without a group. */
    USER,
    /** One name. */
    NAME,
    /** Names, separated by commas or white space. */
    NAMES,
    /** Names with conditions. */
    DEPENDENCIES,
    /** How readiness is told. */
    READINESS,
    /** An absolute path. */
    PATH,
    /** Paths, each with or without {@code -} before it. */
    PATHS,
    /** Where a stream goes. */
    OUTPUT,
    /** Bytes. */
    SIZE,
    /** Patterns for lines, one a line. */
    GLOBS,
    /** A soft and a hard limit. */
    LIMIT,
    /** Sockets to listen on. */
    SOCKETS,
    /** Names of capabilities, or all. */
    CAPABILITIES,
    /** Numeric addresses, each with a TCP port, and Unix sockets. */
    ADDRESSES,
    /** Any text. */
    TEXT;

    /** The kind in a reader's words. */
    public String text() {
        return switch (this) {
            case CHOICE -> "choice";
            case WORDS -> "command";
            case BOOLEAN -> "boolean";
            case COUNT -> "number";
            case COUNT_OR_UNLIMITED -> "number or `unlimited`";
            case INTEGER -> "integer";
            case DURATION -> "duration";
            case OCTAL -> "octal";
            case SIGNAL -> "signal";
            case EXIT_CODES -> "list of codes";
            case USER -> "user";
            case NAME -> "name";
            case NAMES -> "list of names";
            case DEPENDENCIES -> "list of services";
            case READINESS -> "readiness";
            case PATH -> "path";
            case PATHS -> "list of paths";
            case OUTPUT -> "destination";
            case SIZE -> "size";
            case GLOBS -> "patterns";
            case LIMIT -> "limit";
            case SOCKETS -> "list of sockets";
            case CAPABILITIES -> "list of capabilities";
            case ADDRESSES -> "list of addresses";
            case TEXT -> "text";
        };
    }
}
