package dev.pintle.web;

import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.Ascii;

/** The one user that may see the page (HTTP Basic, RFC 7617). */
final class Credentials {
    private static final String SCHEME = "basic ";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final byte[] expected;

    Credentials(String username, String password) {
        expected = RawText.encode(SCHEME + encode(RawText.encode(username + ":" + password)));
    }

    /** Whether a header says the right ones. How long it takes does not tell how much of it was right. */
    boolean match(String authorization) {
        int scheme = Math.min(SCHEME.length(), authorization.length());
        String given = Ascii.lower(authorization.substring(0, scheme));
        byte[] bytes = RawText.encode(given + authorization.substring(scheme));
        int difference = bytes.length ^ expected.length;
        for (int i = 0; i < expected.length; i++) {
            difference |= expected[i] ^ (i < bytes.length ? bytes[i] : 0);
        }
        return difference == 0;
    }

    /** Base64 (RFC 4648). */
    static String encode(byte[] bytes) {
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
}
