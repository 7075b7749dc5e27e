package dev.pintle.convert.move;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * Which quotes, comments and substitutions are open at each place of a text of commands, as far as its line tells. Found in one
 * pass, so that a text with thousands of calls on a line takes no longer than any other.
 */
final class LineStates {

    private final char[] quotes;
    private final BitSet comments = new BitSet();
    private final BitSet substituted = new BitSet();

    LineStates(String text) {
        this.quotes = new char[text.length() + 1];
        Arrays.fill(quotes, ' ');
        int line = 0;
        while (line < text.length()) {
            int end = text.indexOf('\n', line);
            end = end < 0 ? text.length() : end;
            quotes(text, line, end);
            comments(text, line, end);
            substitutions(text, line, end);
            line = end + 1;
        }
    }

    private void quotes(String text, int from, int end) {
        char quote = ' ';
        for (int i = from; i < end; i++) {
            quotes[i] = quote;
            char c = text.charAt(i);
            if (c == '\\' && i + 1 <= end) {
                quotes[++i] = quote;
            } else if (quote == ' ' && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = ' ';
            } else if (c == '(' && quote == '"' && i > 0 && text.charAt(i - 1) == '$') {
                // In a substitution quotes begin anew.
                quote = ' ';
            }
        }
        quotes[end] = quote;
    }

    /** A line that begins with the sign, or what stands behind one and blanks. */
    private void comments(String text, int from, int end) {
        boolean blank = true;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            boolean opens = i > from && Character.isWhitespace(text.charAt(i - 1)) && quotes[i] == ' ';
            if (c == '#' && (blank || opens)) {
                comments.set(i + 1, end + 1);
                return;
            }
            blank &= Character.isWhitespace(c);
        }
    }

    private void substitutions(String text, int from, int end) {
        Deque<Boolean> open = new ArrayDeque<>();
        int inside = 0;
        boolean backquoted = false;
        for (int i = from; i < end; i++) {
            substituted.set(i, backquoted || inside > 0);
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                substituted.set(i, backquoted || inside > 0);
            } else if (c == '`') {
                backquoted = !backquoted;
            } else if (c == '(') {
                boolean substitutes = i > 0 && "$<".indexOf(text.charAt(i - 1)) >= 0;
                open.push(substitutes);
                inside += substitutes ? 1 : 0;
            } else if (c == ')' && !open.isEmpty()) {
                inside -= open.pop() ? 1 : 0;
            }
        }
        substituted.set(end, backquoted || inside > 0);
    }

    /** The quote that is open before a place, or a blank. */
    char quoteAt(int at) {
        return quotes[at];
    }

    /** Whether a comment has begun before a place. */
    boolean isComment(int at) {
        return comments.get(at);
    }

    /** Whether a substitution, of which something reads the output, is open before a place. */
    boolean isSubstituted(int at) {
        return substituted.get(at);
    }
}
