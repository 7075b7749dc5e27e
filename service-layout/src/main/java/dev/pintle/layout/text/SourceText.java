package dev.pintle.layout.text;

/** A value as it was written, that knows where each of its characters stands in the file. */
public final class SourceText {

    private final String file;
    private final String text;
    /** Of each physical line that the value takes: the offset of its first character, and where that stands. */
    private final int[] starts;

    private final int[] lines;
    private final int[] columns;

    SourceText(String file, String text, int[] starts, int[] lines, int[] columns) {
        this.file = file;
        this.text = text;
        this.starts = starts;
        this.lines = lines;
        this.columns = columns;
    }

    /** A value that does not stand in a file's line: one that a variable or a default has. */
    public static SourceText of(String file, String text) {
        return new SourceText(file, text, new int[] {0}, new int[] {0}, new int[] {0});
    }

    /** The value: its lines joined by newlines, nothing interpolated. */
    public String text() {
        return text;
    }

    /** Where the value begins. */
    public Position start() {
        return at(0);
    }

    /** Where the character at {@code offset} stands. */
    public Position at(int offset) {
        int piece = 0;
        int end = starts.length;
        while (piece + 1 < end) {
            int middle = (piece + end) >>> 1;
            if (starts[middle] <= offset) {
                piece = middle;
            } else {
                end = middle;
            }
        }
        int column = columns[piece] == 0 ? 0 : columns[piece] + offset - starts[piece];
        return new Position(file, lines[piece], column);
    }
}
