package dev.pintle.init.sys;

/**
 * Text of others (names of files, what a socket says, what a layout holds) as it can be shown: what would move a terminal's cursor,
 * change its title or its clipboard, turn the direction of writing, or begin another line of a log becomes visible. {@code \n} and
 * {@code \t} as in C, {@code \xHH} for a byte, {@code \\uHHHH} for a character.
 */
public final class Printable {
    private static final String HEX = "0123456789abcdef";
    /** Of bytes that are no text: see {@link RawText}. */
    private static final int BYTE = 0xDC00;

    private Printable() {}

    /** As one line. */
    public static String line(String text) {
        return escape(text, false);
    }

    /** As lines: what begins a new one is left. */
    public static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean severalLines) {
        int first = 0;
        while (first < text.length() && isHarmless(text, first, severalLines)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        escaped.append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmless(text, i, severalLines)) {
                escaped.append(c);
            } else {
                append(escaped, c);
            }
        }
        return escaped.toString();
    }

    private static boolean isHarmless(String text, int i, boolean severalLines) {
        return (severalLines && text.charAt(i) == '\n') || isHarmless(text, i);
    }

    /** Whether a character of a text can be shown as it is. */
    public static boolean isHarmless(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x7f) {
            return c >= ' ';
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c > 0x9f && !turnsOrBreaks(c);
    }

    /** Marks of direction, and the ends of lines and paragraphs (Unicode, UAX 9 and 14). */
    private static boolean turnsOrBreaks(char c) {
        return c == 0x61c
                || (c >= 0x200e && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static void append(StringBuilder escaped, char c) {
        if (c == '\n' || c == '\t') {
            escaped.append(c == '\n' ? "\\n" : "\\t");
        } else if (c < 0x80 || (c >= BYTE + 0x80 && c <= BYTE + 0xff)) {
            escaped.append("\\x").append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        } else {
            escaped.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
            escaped.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        }
    }
}
