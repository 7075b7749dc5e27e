package dev.pintle.layout.text;

/** Classes of ASCII characters. Those of {@link Character} follow Unicode's tables, which the native binary goes without. */
public final class Ascii {

    private Ascii() {}

    /** Space or tab. */
    public static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** What separates words: space, tab or newline. */
    public static boolean isSpace(char c) {
        return isBlank(c) || c == '\n';
    }

    /** A decimal digit. */
    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether {@code text} is one decimal digit or more. */
    public static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A letter. */
    public static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** What a variable's name may begin with. */
    public static boolean isNameStart(char c) {
        return isLetter(c) || c == '_';
    }

    /** What a variable's name may go on with. */
    public static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }

    /** Without spaces, tabs and newlines at either end. */
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** With A-Z made a-z. */
    public static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }

    /** With a-z made A-Z. */
    public static String upper(String text) {
        StringBuilder upper = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            upper.append(c >= 'a' && c <= 'z' ? (char) (c - ('a' - 'A')) : c);
        }
        return upper.toString();
    }
}
