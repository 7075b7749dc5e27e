package dev.pintle.layout;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, or doubtful, in a layout: a value, collected and printed once by whoever asked.
 *
 * @param severity whether the layout can be used all the same
 * @param code     a stable word for machines, such as {@code unknown-key}
 * @param file     the path that the text came from, as the {@link LayoutSource} names it
 * @param line     1-based line, or 0 where the whole file is meant
 * @param column   1-based column, or 0 where the whole line is meant
 * @param message  {@code cannot <verb> <object>: <cause>}, without file or position
 * @param hint     what would put it right, or null where nothing better can be said than the message
 */
public record Diagnostic(
        Severity severity,
        String code,
        String file,
        int line,
        int column,
        String message,
        @Nullable String hint) {

    /** {@code FILE:LINE:COLUMN: error: MESSAGE (HINT)}, without what is not known of these. */
    public String text() {
        return place() + (severity == Severity.ERROR ? ": error: " : ": warning: ") + advice();
    }

    /** {@code FILE:LINE:COLUMN}, without what is not known of these. */
    public String place() {
        return file + (line > 0 ? ":" + line + (column > 0 ? ":" + column : "") : "");
    }

    /** {@code MESSAGE (HINT)}. */
    public String advice() {
        return hint == null ? message : message + " (" + hint + ")";
    }

    /** How bad it is. */
    public enum Severity {
        /** The layout cannot be used. */
        ERROR,
        /** The layout can be used, but is probably not what was meant. */
        WARNING
    }
}
