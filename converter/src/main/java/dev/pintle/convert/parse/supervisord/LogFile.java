package dev.pintle.convert.parse.supervisord;

/**
 * Where supervisord puts an output stream.
 *
 * @param kind what kind of place
 * @param path for {@link Kind#FILE}, as written; else empty
 */
public record LogFile(Kind kind, Text path) {

    /** The kinds of place. */
    public enum Kind {
        /** A file with a random name in the child log directory, deleted at the next start. */
        AUTO,
        /** Nowhere: read and thrown away. */
        NONE,
        /** A file, or a device such as {@code /dev/stdout}, opened by path. */
        FILE
    }

    /** {@code AUTO}, the default. */
    public static final LogFile AUTO = new LogFile(Kind.AUTO, Text.EMPTY);

    /** {@code NONE}, {@code OFF} or an empty value. */
    public static final LogFile NONE = new LogFile(Kind.NONE, Text.EMPTY);

    /** Whether it is a file of this literal path. */
    public boolean is(String literal) {
        return kind == Kind.FILE && path.equals(Text.of(literal));
    }
}
