package dev.pintle.convert.source;

import dev.pintle.convert.read.Position;

/**
 * A text to be edited.
 *
 * @param name as the user would name the file
 * @param text all of it
 */
public record SourceFile(String name, String text) {

    /** Where an offset is, in lines and columns. */
    public Position position(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new Position(name, line, offset - lineStart + 1);
    }

    /** Where the line of an offset begins. */
    public int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /** Where the line of an offset ends, behind its line feed if it has one. */
    public int lineEnd(int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end + 1;
    }

    /** What ends the lines of this text: that of the first one. */
    public String newline() {
        int feed = text.indexOf('\n');
        return feed > 0 && text.charAt(feed - 1) == '\r' ? "\r\n" : "\n";
    }

    /** The whole text as an excerpt. */
    public Excerpt whole() {
        return excerpt(0, text.length());
    }

    /** The characters from {@code start} to before {@code end}. */
    public Excerpt excerpt(int start, int end) {
        Excerpt.Builder builder = new Excerpt.Builder();
        for (int i = start; i < end; i++) {
            builder.add(text.charAt(i), i);
        }
        return builder.build(end);
    }
}
