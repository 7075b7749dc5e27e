package dev.pintle.layout.text;

/**
 * A place in a text.
 *
 * @param file   the path that the text came from
 * @param line   1-based, or 0 where the whole file is meant
 * @param column 1-based, or 0 where the whole line is meant
 */
public record Position(String file, int line, int column) {

    /** The whole file. */
    public static Position of(String file) {
        return new Position(file, 0, 0);
    }
}
