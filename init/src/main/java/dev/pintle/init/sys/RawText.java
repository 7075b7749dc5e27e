package dev.pintle.init.sys;

/**
 * Bytes of no declared encoding as strings, and back, without loss: valid UTF-8 becomes its characters, every other byte
 * b becomes the lone surrogate U+DC00 + b (the scheme of Python's PEP 383).
 */
public final class RawText {
    private static final int ESCAPE = 0xDC00;

    private RawText() {}

    /** Decodes {@code length} bytes from {@code offset} on. */
    public static String decode(byte[] bytes, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int size = sequenceLength(bytes, at, end);
            if (size == 0) {
                text.append((char) (ESCAPE + (bytes[at] & 0xff)));
                at++;
            } else {
                appendCodePoint(text, bytes, at, size);
                at += size;
            }
        }
        return text.toString();
    }

    /** Encodes; the inverse of {@link #decode}. */
    public static byte[] encode(String text) {
        byte[] bytes = new byte[encodedLength(text)];
        encode(text, bytes, 0);
        return bytes;
    }

    /** Encodes into an array from {@code offset} on; where that ended. */
    public static int encode(String text, byte[] bytes, int offset) {
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | c >> 6);
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (isPair(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                bytes[at++] = (byte) (0xF0 | point >> 18);
                bytes[at++] = (byte) (0x80 | (point >> 12 & 0x3F));
                bytes[at++] = (byte) (0x80 | (point >> 6 & 0x3F));
                bytes[at++] = (byte) (0x80 | (point & 0x3F));
            } else if (isEscape(c)) {
                bytes[at++] = (byte) (c - ESCAPE);
            } else {
                bytes[at++] = (byte) (0xE0 | c >> 12);
                bytes[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
                bytes[at++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        return at;
    }

    /** How many bytes {@link #encode} makes of it. */
    public static int encodedLength(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80 || isEscape(c)) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (isPair(text, i)) {
                length += 4;
                i++;
            } else {
                length += 3;
            }
        }
        return length;
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private static boolean isEscape(char c) {
        return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF;
    }

    /** The length of the well-formed UTF-8 sequence at {@code at} (Unicode, table 3-7), or 0. */
    public static int sequenceLength(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || at + size > end) {
            return 0;
        }
        for (int i = 1; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[at + 1] & 0xff;
        boolean overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
        boolean outside = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
        return overlong || outside ? 0 : size;
    }

    private static void appendCodePoint(StringBuilder text, byte[] bytes, int at, int size) {
        int first = bytes[at] & 0xff;
        if (size == 1) {
            text.append((char) first);
            return;
        }
        int point = first & (0xFF >> (size + 1));
        for (int i = 1; i < size; i++) {
            point = point << 6 | (bytes[at + i] & 0x3F);
        }
        if (point < 0x10000) {
            text.append((char) point);
        } else {
            text.append(Character.highSurrogate(point)).append(Character.lowSurrogate(point));
        }
    }
}
