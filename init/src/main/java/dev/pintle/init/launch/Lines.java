package dev.pintle.init.launch;

import java.util.ArrayList;
import java.util.List;

/** Cuts text at a character; the library's own ways to do so bring regular expressions with them. */
final class Lines {

    private Lines() {}

    /** The parts of {@code text} between {@code separator}s; an empty part after the last one is left out. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf(separator, start);
            if (end < 0) {
                end = text.length();
            }
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        return parts;
    }
}
