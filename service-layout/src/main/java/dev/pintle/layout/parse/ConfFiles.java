package dev.pintle.layout.parse;

import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import org.jspecify.annotations.Nullable;

/** Reads the text of a service.conf or pintle.conf, which is UTF-8. */
final class ConfFiles {

    /** What a byte that is no UTF-8 is kept above, as a lone surrogate. */
    private static final int UNDECODED = 0xdc00;

    /** No such file is longer; and PID 1 reads it in one turn of its loop. */
    static final int LIMIT = 1 << 18;

    /** Nor has it more lines. */
    static final int MOST_LINES = 1 << 13;

    private ConfFiles() {}

    /**
     * The text of a file, or null where there is none.
     *
     * @throws UnreadableException where it cannot be read, or is too long to be meant
     */
    static @Nullable String read(LayoutSource source, String file) throws UnreadableException {
        String text = source.read(file, LIMIT + 1);
        if (text != null && text.length() > LIMIT) {
            throw new UnreadableException("it is longer than " + LIMIT + " characters");
        }
        if (text != null && lines(text) > MOST_LINES) {
            throw new UnreadableException("it has more than " + MOST_LINES + " lines");
        }
        if (text != null && isUtf16(text)) {
            throw new UnreadableException("it is UTF-16, not UTF-8: save it as UTF-8");
        }
        return text;
    }

    private static int lines(String text) {
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            count++;
        }
        return count;
    }

    /** A byte order mark of UTF-16, which is no UTF-8, or every other byte of the beginning a NUL. */
    private static boolean isUtf16(String text) {
        if (text.length() < 2) {
            return false;
        }
        char first = text.charAt(0);
        char second = text.charAt(1);
        boolean marked = (first == UNDECODED + 0xff && second == UNDECODED + 0xfe)
                || (first == UNDECODED + 0xfe && second == UNDECODED + 0xff);
        return marked || ((first == 0) != (second == 0));
    }

    /**
     * Warns of the first byte that is no UTF-8. It is kept as it is, which is right for a path and wrong for a text that an editor
     * has saved as Latin-1.
     */
    static void warnOfEncoding(String file, String text, Diagnostics diagnostics) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                start = i + 1;
            } else if (Character.isHighSurrogate(c)) {
                i++;
            } else if (c > UNDECODED && c <= UNDECODED + 0xff) {
                diagnostics.warning(
                        new Position(file, line, i - start + 1),
                        "bad-encoding",
                        "read text as UTF-8",
                        "byte 0x" + Integer.toHexString(c - UNDECODED) + " does not belong there; it is kept as it is",
                        "save the file as UTF-8");
                return;
            }
        }
    }
}
