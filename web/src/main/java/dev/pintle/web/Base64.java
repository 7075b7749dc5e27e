package dev.pintle.web;

/** Bytes as text (RFC 4648). */
public final class Base64 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Base64() {}

    /** With padding. */
    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 3) {
            int left = bytes.length - i;
            int group = (bytes[i] & 0xff) << 16
                    | (left > 1 ? (bytes[i + 1] & 0xff) << 8 : 0)
                    | (left > 2 ? bytes[i + 2] & 0xff : 0);
            text.append(ALPHABET.charAt(group >> 18)).append(ALPHABET.charAt(group >> 12 & 63));
            text.append(left > 1 ? ALPHABET.charAt(group >> 6 & 63) : '=');
            text.append(left > 2 ? ALPHABET.charAt(group & 63) : '=');
        }
        return text.toString();
    }

    /** Without padding, of characters that mean nothing in addresses and forms. */
    static String urlEncode(byte[] bytes) {
        return encode(bytes).replace('+', '-').replace('/', '_').replace("=", "");
    }

    /** The bytes of text with padding or without; none where it is something else. */
    public static byte[] decode(String text) {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == '=') {
            length--;
        }
        byte[] bytes = new byte[length * 3 / 4];
        int group = 0;
        int at = 0;
        for (int i = 0; i < length; i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                return new byte[0];
            }
            group = group << 6 | value;
            if (i % 4 > 0) {
                bytes[at++] = (byte) (group >> (6 - 2 * (i % 4)));
            }
        }
        return bytes;
    }
}
