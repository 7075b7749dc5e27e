package dev.pintle.web.xmlrpc;

/**
 * A date and a time of no zone.
 *
 * @param text as {@code 20261130T09:22:07}
 */
public record DateTime(String text) {
    private static final String FORM = "00000000T00:00:00";

    /** Whether a text is one. */
    static boolean isOne(String text) {
        for (int i = 0; i < text.length() && text.length() == FORM.length(); i++) {
            char wanted = FORM.charAt(i);
            char c = text.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return text.length() == FORM.length();
    }
}
