package dev.pintle.web;

import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.Ascii;
import org.jspecify.annotations.Nullable;

/** What addresses and forms escape (RFC 3986, 2.1; HTML, application/x-www-form-urlencoded). */
final class Escapes {
    private static final String HEX = "0123456789abcdef";

    private Escapes() {}

    /**
     * Text without its escapes; null where one is not followed by two hexadecimal digits, or is of NUL.
     *
     * @param form whether a plus is a space
     */
    static @Nullable String decode(String text, boolean form) {
        byte[] bytes = RawText.encode(text);
        int size = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%') {
                int value = i + 2 < bytes.length ? digit(bytes[i + 1]) * 16 + digit(bytes[i + 2]) : -1;
                if (value <= 0) {
                    return null;
                }
                b = (byte) value;
                i += 2;
            } else if (form && b == '+') {
                b = ' ';
            }
            bytes[size++] = b;
        }
        return RawText.decode(bytes, 0, size);
    }

    /** One that is no digit makes the whole byte none. */
    private static int digit(byte b) {
        int value = HEX.indexOf(b >= 'A' && b <= 'F' ? b + ('a' - 'A') : b);
        return value < 0 ? -1_000 : value;
    }

    /** A name as a part of an address. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : RawText.encode(text)) {
            char c = (char) (b & 0xff);
            boolean plain = Ascii.isLetter(c) || Ascii.isDigit(c) || "-_.@".indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return encoded.toString();
    }

    /** The value of a field of a form, or of a query; empty where there is none. */
    static String field(String form, String name) {
        int at = 0;
        while (at < form.length()) {
            int ampersand = form.indexOf('&', at);
            int end = ampersand < 0 ? form.length() : ampersand;
            int equals = form.indexOf('=', at);
            int split = equals < 0 || equals > end ? end : equals;
            if (form.substring(at, split).equals(name)) {
                String value = decode(form.substring(Math.min(split + 1, end), end), true);
                return value == null ? "" : value;
            }
            at = end + 1;
        }
        return "";
    }
}
