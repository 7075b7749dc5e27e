package dev.pintle.layout.text;

import org.jspecify.annotations.Nullable;

/**
 * Looks words up in a table that is a text, one meaning a line: {@code WORD WORD …: MEANING}. In the native program a
 * {@code switch} over as many words is five times as large.
 */
public final class WordTable {

    private WordTable() {}

    /**
     * The meaning of a word, or null.
     *
     * @param table lines as above, each with its newline, the last one too; words have no blank and no colon
     */
    public static @Nullable String find(String table, String word) {
        for (int start = 0; start < table.length(); ) {
            int colon = table.indexOf(':', start);
            int end = table.indexOf('\n', colon);
            if (hasWord(table, start, colon, word)) {
                return table.substring(colon + 2, end);
            }
            start = end + 1;
        }
        return null;
    }

    /** A meaning with the word {@code NAME} in it, if it has one, replaced by a name. */
    public static String fill(String meaning, String name) {
        int at = meaning.indexOf("NAME");
        return at < 0 ? meaning : meaning.substring(0, at) + name + meaning.substring(at + 4);
    }

    private static boolean hasWord(String table, int start, int colon, String word) {
        while (start < colon) {
            int end = Math.min(table.indexOf(' ', start), colon);
            if (end - start == word.length() && table.startsWith(word, start)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
