package dev.pintle.web.xmlrpc;

/**
 * A number with a fraction. Nothing here computes with one, so that it stays as it was written.
 *
 * @param text as {@code -12.5}
 */
public record Decimal(String text) {
    /** Whether a text is one: a sign, digits, and more of them behind a point. */
    static boolean isOne(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int digits = 0;
        int points = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
            points += c == '.' ? 1 : 0;
        }
        return digits > 0 && points < 2 && at + digits + points == text.length();
    }

    /** What is before the point. */
    public String whole() {
        int point = text.indexOf('.');
        return point < 0 ? text : text.substring(0, point);
    }
}
