package dev.pintle.convert.source;

import dev.pintle.convert.read.Position;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A text to be edited, by the name that its user has for the file. */
public final class SourceFile {

    private final String name;
    private final String text;
    /** Where each line begins. */
    private final int[] lines;

    /**
     * A text.
     *
     * @param name as the user would name the file
     * @param text all of it
     */
    public SourceFile(String name, String text) {
        this.name = name;
        this.text = text;
        this.lines = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    /** As the user would name the file. */
    public String name() {
        return name;
    }

    /** All of it. */
    public String text() {
        return text;
    }

    /** Where an offset is, in lines and columns. */
    public Position position(int offset) {
        int found = Arrays.binarySearch(lines, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(name, line + 1, offset - lines[line] + 1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceFile file && name.equals(file.name) && text.equals(file.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, text);
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
