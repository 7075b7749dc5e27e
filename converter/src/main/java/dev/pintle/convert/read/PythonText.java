package dev.pintle.convert.read;

import java.util.ArrayList;
import java.util.List;

/** What Python's {@code str} calls white space; Java's own notions differ from it in both directions. */
public final class PythonText {

    private PythonText() {}

    /** Whether {@code str.isspace()} holds for one character. */
    public static boolean isSpace(int c) {
        return (c >= 0x09 && c <= 0x0d)
                || (c >= 0x1c && c <= 0x20)
                || c == 0x85
                || c == 0xa0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    /** {@code str.strip()}. */
    public static String strip(String text) {
        return stripTrailing(text.substring(leadingSpace(text)));
    }

    /** {@code str.rstrip()}. */
    public static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** How many characters of white space {@code text} begins with. */
    public static int leadingSpace(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** {@code str.split()}: the words between white space. */
    public static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = leadingSpace(text);
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            words.add(text.substring(start, end));
            start = end + leadingSpace(text.substring(end));
        }
        return words;
    }
}
