package dev.pintle.web;

import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.Ascii;

/**
 * The user of {@code username} and {@code password_file} (HTTP Basic, RFC 7617).
 *
 * @param username who may do everything
 */
record Credentials(String username, String password) {
    private static final String SCHEME = "basic ";

    /** Whether a header says the right ones. How long it takes does not tell how much of it was right. */
    boolean match(String authorization) {
        int scheme = Math.min(SCHEME.length(), authorization.length());
        String given = Ascii.lower(authorization.substring(0, scheme)) + authorization.substring(scheme);
        String expected = SCHEME + Base64.encode(RawText.encode(username + ":" + password));
        return PasswordHash.equal(RawText.encode(given), RawText.encode(expected));
    }

    /** Whether these are the right ones. */
    boolean match(String name, String given) {
        return PasswordHash.equal(RawText.encode(name + ":" + given), RawText.encode(username + ":" + password));
    }
}
