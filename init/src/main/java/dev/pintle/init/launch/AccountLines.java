package dev.pintle.init.launch;

import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import java.util.List;

/**
 * The lines of /etc/passwd or /etc/group. They are looked at as bytes, each once, and only what is sought becomes text: of a large
 * file there is little of that, and PID 1 does nothing else meanwhile.
 */
final class AccountLines {
    /** For {@link #next}: any line. */
    static final int ANY = -1;
    /** Where a number is. */
    static final int NUMBER = 2;

    /** Bytes that are read; far more than the largest real file has. */
    private static final int MOST = 1 << 20;

    private final byte[] bytes;
    private final int size;
    private int start;
    private int end = -1;

    /** Reads a file. One that does not exist has no lines: images without one are common. */
    AccountLines(Sys sys, String path) {
        Files.Reading reading = Files.read(sys, path, MOST);
        bytes = reading.bytes();
        size = reading.size();
    }

    /**
     * Goes to the next line in which a word is a field, or with a comma as separator, a part of it.
     *
     * @param word of {@link #NUMBER} without zeros at its beginning, which the file may have
     * @return false after the last one
     */
    boolean next(int field, char separator, byte[] word) {
        start = end + 1;
        int current = 0;
        int same = 0;
        boolean found = field == ANY;
        for (end = start; end <= size; end++) {
            int c = end < size ? bytes[end] : '\n';
            if (c == '\n' || c == ':' || (c == separator && current == field)) {
                found |= current == field && same == word.length;
                same = 0;
                current += c == ':' ? 1 : 0;
                if (c == '\n' && found) {
                    return start < size;
                }
                if (c == '\n') {
                    start = end + 1;
                    current = 0;
                }
            } else if (current == field && (field != NUMBER || same != 0 || !isLeadingZero())) {
                same = same >= 0 && same < word.length && c == word[same] ? same + 1 : -1;
            }
        }
        return false;
    }

    /** Whether the byte at the end is a zero that a number may have at its beginning: the zero of {@code 0} is none. */
    private boolean isLeadingZero() {
        return bytes[end] == '0' && end + 1 < size && bytes[end + 1] >= '0' && bytes[end + 1] <= '9';
    }

    /** The first field. */
    String name() {
        int colon = start;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        return RawText.decode(bytes, start, colon - start);
    }

    /** All fields, except an empty one at the end. */
    List<String> fields() {
        return Lines.split(RawText.decode(bytes, start, end - start), ':');
    }
}
