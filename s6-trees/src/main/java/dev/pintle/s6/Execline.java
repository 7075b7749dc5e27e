package dev.pintle.s6;

import dev.pintle.s6.RunPlan.NotKeysException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads execline: words, and blocks of words in braces. Blanks part words, {@code #} at the beginning of a word begins a
 * comment, quotes and backslashes keep characters as they are. A variable is no part of the grammar: {@code ${X}} is a word
 * like any other until a program such as importas substitutes it.
 */
final class Execline {

    /** Deeper than any script nests its blocks. */
    private static final int MAX_DEPTH = 20;

    /**
     * A word or a block.
     *
     * @param text   of the word; empty for a block
     * @param quoted whether a part of it stands in quotes or behind a backslash
     * @param block  what is in the braces; null for a word
     * @param line   that it begins in, from 1
     */
    record Word(String text, boolean quoted, @Nullable List<Word> block, int line) {
        boolean isBlock() {
            return block != null;
        }
    }

    /** Text that is no execline. */
    static final class SyntaxException extends NotKeysException {
        private static final long serialVersionUID = 1L;

        SyntaxException(int line, String cause) {
            super(line, cause);
        }
    }

    private final String text;
    private int at;
    private int line = 1;

    private Execline(String text) {
        this.text = text;
    }

    /** The words of a script; a first line that names an interpreter is a comment. */
    static List<Word> parse(String text) throws SyntaxException {
        Execline reader = new Execline(text);
        List<List<Word>> open = new ArrayList<>();
        List<Integer> openedAt = new ArrayList<>();
        List<Word> current = new ArrayList<>();
        for (Word word = reader.word(); word != null; word = reader.word()) {
            if (!word.quoted() && word.text().equals("{")) {
                if (open.size() == MAX_DEPTH) {
                    throw new SyntaxException(word.line(), "blocks are nested deeper than " + MAX_DEPTH);
                }
                open.add(current);
                openedAt.add(word.line());
                current = new ArrayList<>();
            } else if (!word.quoted() && word.text().equals("}")) {
                if (open.isEmpty()) {
                    throw new SyntaxException(word.line(), "a '}' closes no block");
                }
                List<Word> block = current;
                current = open.remove(open.size() - 1);
                current.add(new Word("", false, List.copyOf(block), openedAt.remove(openedAt.size() - 1)));
            } else {
                current.add(word);
            }
        }
        if (!open.isEmpty()) {
            throw new SyntaxException(openedAt.get(openedAt.size() - 1), "a '{' is never closed");
        }
        return current;
    }

    private @Nullable Word word() throws SyntaxException {
        skip();
        if (at == text.length()) {
            return null;
        }
        int begin = line;
        boolean quoted = false;
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !Text.isBlank(text.charAt(at))) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = true;
                quoted(word, begin);
            } else if (c == '\\') {
                quoted = true;
                escaped(word, false);
            } else {
                word.append(c);
                at++;
            }
        }
        return new Word(word.toString(), quoted, null, begin);
    }

    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (Text.isBlank(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else {
                return;
            }
        }
    }

    private void quoted(StringBuilder word, int begin) throws SyntaxException {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\') {
                escaped(word, true);
            } else {
                line += c == '\n' ? 1 : 0;
                word.append(c);
                at++;
            }
        }
        if (at == text.length()) {
            throw new SyntaxException(begin, "a quote is never closed");
        }
        at++;
    }

    /** What a backslash makes of the next character; within quotes some letters stand for others. */
    private void escaped(StringBuilder word, boolean inQuotes) throws SyntaxException {
        if (at + 1 >= text.length()) {
            throw new SyntaxException(line, "a backslash is the last character");
        }
        char c = text.charAt(at + 1);
        at += 2;
        line += c == '\n' ? 1 : 0;
        if (!inQuotes) {
            word.append(c);
            return;
        }
        switch (c) {
            case 'n' -> word.append('\n');
            case 't' -> word.append('\t');
            case 'r' -> word.append('\r');
            case 'a' -> word.append('\u0007');
            case 'b' -> word.append('\b');
            case 'v' -> word.append('\u000b');
            case 'f' -> word.append('\f');
            case '\n' -> {}
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                throw new SyntaxException(line, "a character is written by its number");
            default -> word.append(c);
        }
    }
}
