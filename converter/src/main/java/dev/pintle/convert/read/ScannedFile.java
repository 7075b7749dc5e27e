package dev.pintle.convert.read;

import dev.pintle.layout.Diagnostic;
import java.util.List;

/**
 * One file as a sequence of sections, in the order of the text; a section that occurs twice is listed twice.
 *
 * @param name        as the user would name it
 * @param sections    with their options
 * @param diagnostics lines that no rule accepts (errors), and repairs that were made (warnings)
 */
public record ScannedFile(String name, List<Section> sections, List<Diagnostic> diagnostics) {

    /**
     * One header and what follows it.
     *
     * @param name     between the brackets, as it stands there
     * @param position of the opening bracket
     * @param options  in order; a key that occurs twice is listed twice
     */
    public record Section(String name, Position position, List<Option> options) {}

    /**
     * One key and its value.
     *
     * @param key      in lower case
     * @param value    without comments, its lines joined by line feeds
     * @param position of the key
     * @param lines    where each line of the value begins; the first is the one after the delimiter
     */
    public record Option(String key, String value, Position position, List<Position> lines) {

        /** The place in the file of the character at {@code offset} in {@link #value}. */
        public Position positionAt(int offset) {
            int line = 0;
            int lineStart = 0;
            for (int i = 0; i < Math.min(offset, value.length()); i++) {
                if (value.charAt(i) == '\n') {
                    line++;
                    lineStart = i + 1;
                }
            }
            Position start = lines.get(Math.min(line, lines.size() - 1));
            return new Position(start.file(), start.line(), start.column() + Math.max(0, offset - lineStart));
        }
    }
}
