package dev.pintle.init.sys;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of no declared encoding as strings, and back, without loss: valid UTF-8 becomes its characters, every other byte
 * b becomes the lone surrogate U+DC00 + b (the scheme of Python's PEP 383).
 */
public final class RawText {
    private static final int ESCAPE = 0xDC00;

    private RawText() {}

    /** Decodes {@code length} bytes from {@code offset} on. */
    public static String decode(byte[] bytes, int offset, int length) {
        // A sequence of bytes is never of less than its characters.
        char[] text = new char[length];
        int filled = 0;
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int size = sequenceLength(bytes, at, end);
            int point = size == 0 ? ESCAPE + (bytes[at] & 0xff) : codePoint(bytes, at, size);
            if (point >= 0x10000) {
                text[filled++] = Character.highSurrogate(point);
                point = Character.lowSurrogate(point);
            }
            text[filled++] = (char) point;
            at += Math.max(size, 1);
        }
        return new String(text, 0, filled);
    }

    /** Encodes; the inverse of {@link #decode}. */
    public static byte[] encode(String text) {
        byte[] bytes = new byte[encodedLength(text)];
        encode(text, bytes, 0);
        return bytes;
    }

    /** Encodes into an array from {@code offset} on; where that ended. */
    public static int encode(String text, byte[] bytes, int offset) {
        return encodeTo(bytes, text, offset);
    }

    /** How many bytes {@link #encode} makes of it. */
    public static int encodedLength(String text) {
        return encodeTo(null, text, 0);
    }

    /** Without an array, only counts. */
    private static int encodeTo(byte @Nullable [] bytes, String text, int offset) {
        int at = offset;
        for (int i = 0; i < text.length(); i++) {
            int point = text.charAt(i);
            int more = point < 0x80 || isEscape(point) ? 0 : point < 0x800 ? 1 : 2;
            int first = point;
            if (more > 0) {
                if (isPair(text, i)) {
                    point = Character.toCodePoint((char) point, text.charAt(++i));
                    more = 3;
                }
                first = 0xFF00 >> (more + 1) | point >> (6 * more);
            }
            if (bytes != null) {
                bytes[at] = (byte) first;
                for (int k = 1; k <= more; k++) {
                    bytes[at + k] = (byte) (0x80 | ((point >> (6 * (more - k))) & 0x3F));
                }
            }
            at += 1 + more;
        }
        return at;
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private static boolean isEscape(int c) {
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
        int point = codePoint(bytes, at, size);
        boolean overlong = point < (size == 3 ? 0x800 : size == 4 ? 0x10000 : 0);
        boolean outside = (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF;
        return overlong || outside ? 0 : size;
    }

    private static int codePoint(byte[] bytes, int at, int size) {
        int first = bytes[at] & 0xff;
        int point = size == 1 ? first : first & (0xFF >> (size + 1));
        for (int i = 1; i < size; i++) {
            point = point << 6 | (bytes[at + i] & 0x3F);
        }
        return point;
    }
}
