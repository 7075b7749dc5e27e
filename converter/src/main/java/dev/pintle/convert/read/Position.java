package dev.pintle.convert.read;

/**
 * A place in an input file.
 *
 * @param file   as the user would name it
 * @param line   1-based
 * @param column 1-based, in UTF-16 units
 */
public record Position(String file, int line, int column) implements Comparable<Position> {

    @Override
    public int compareTo(Position other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
