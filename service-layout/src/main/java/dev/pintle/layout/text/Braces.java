package dev.pintle.layout.text;

import java.util.Arrays;

/** Which closing brace belongs to which opening one, found in one pass: a text may be nothing but opening ones. */
final class Braces {
    private final int[] opens;
    private final int[] closes;

    Braces(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) == '{' ? 1 : 0;
        }
        opens = new int[count];
        closes = new int[count];
        int[] pending = new int[count];
        int found = 0;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                opens[found] = i;
                closes[found] = -1;
                pending[depth++] = found++;
            } else if (c == '}' && depth > 0) {
                closes[pending[--depth]] = i;
            }
        }
    }

    /** Where the brace that opens at {@code open} is closed; -1 where it is not. */
    int closing(int open) {
        int index = Arrays.binarySearch(opens, open);
        return index < 0 ? -1 : closes[index];
    }
}
