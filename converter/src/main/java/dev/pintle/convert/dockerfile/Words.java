package dev.pintle.convert.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Splits arguments into words, at blanks outside quotes. */
public final class Words {

    private Words() {}

    /**
     * The words of a text, their quotes removed and variables left as they are.
     *
     * @param escape the character that takes the next one's meaning away
     */
    public static List<Word> split(String text, char escape) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (isBlank(text.charAt(at))) {
                at++;
                continue;
            }
            int start = at;
            StringBuilder value = new StringBuilder();
            at = word(text, at, escape, value);
            words.add(new Word(value.toString(), start, at));
        }
        return words;
    }

    private static int word(String text, int from, char escape, StringBuilder value) {
        int at = from;
        char quote = 0;
        while (at < text.length() && (quote != 0 || !isBlank(text.charAt(at)))) {
            char c = text.charAt(at++);
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == escape && quote != '\'' && at < text.length()) {
                value.append(text.charAt(at++));
            } else {
                value.append(c);
            }
        }
        return at;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
