package dev.pintle.s6;

import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.List;

/** Small things that are done to texts, without regular expressions. */
final class Text {

    private Text() {}

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The parts between one character and the next. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }

    static List<String> lines(String text) {
        return split(text, '\n');
    }

    /** The words between blanks. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int start = i;
            while (i < text.length() && !isBlank(text.charAt(i))) {
                i++;
            }
            if (i > start) {
                words.add(text.substring(start, i));
            } else {
                i++;
            }
        }
        return words;
    }

    /** The words of all lines that are no comments: how s6-rc reads a list of names. */
    static List<String> listed(String text) {
        List<String> names = new ArrayList<>();
        for (String line : lines(text)) {
            String trimmed = trim(line);
            if (!trimmed.isEmpty() && trimmed.charAt(0) != '#') {
                names.addAll(words(trimmed));
            }
        }
        return names;
    }

    /** What stands after the last slash. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What stands before the last slash. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** A number of milliseconds, or whatever a file or a variable has; -1 where it is none. */
    static long number(String text) {
        String trimmed = trim(text);
        return Ascii.isNumber(trimmed) && trimmed.length() <= 12 ? Long.parseLong(trimmed) : -1;
    }

    static String join(Iterable<String> parts, String between) {
        StringBuilder out = new StringBuilder();
        for (String part : parts) {
            out.append(out.length() == 0 ? "" : between).append(part);
        }
        return out.toString();
    }

    /** Whether it can be the name of a variable. */
    static boolean isVariable(String text) {
        if (text.isEmpty() || !Ascii.isNameStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!Ascii.isNamePart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
