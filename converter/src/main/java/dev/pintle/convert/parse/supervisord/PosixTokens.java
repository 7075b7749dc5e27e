package dev.pintle.convert.parse.supervisord;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of Python's {@code shlex.shlex(text, posix=True)}: quotes are removed, what they part is one word with what
 * stands beside them, and a backslash takes the meaning from the next character, in double quotes only from a quote or
 * a backslash.
 */
final class PosixTokens {

    private final Text input;
    private final List<Text> tokens = new ArrayList<>();
    private int at;

    private PosixTokens(Text input) {
        this.input = input;
    }

    /**
     * Splits a text.
     *
     * @throws BadValueException where a quotation or an escape is not finished
     */
    static List<Text> of(Text input) throws BadValueException {
        PosixTokens tokens = new PosixTokens(input);
        tokens.read();
        return tokens.tokens;
    }

    private void read() throws BadValueException {
        while (at < input.length()) {
            int c = input.at(at);
            if (EnvironmentList.isSpace(c)) {
                at++;
            } else if (c == '#') {
                skipLine();
            } else if (startsWord(c)) {
                word();
            } else {
                tokens.add(input.part(at, ++at));
            }
        }
    }

    private static boolean startsWord(int c) {
        return c == '\\' || EnvironmentList.isQuote(c) || EnvironmentList.isWordCharacter(c) || isLatinLetter(c);
    }

    private static boolean isLatinLetter(int c) {
        return c >= 0xc0 && c <= 0xff && c != 0xd7 && c != 0xf7;
    }

    private void word() throws BadValueException {
        Text.Builder word = new Text.Builder();
        while (at < input.length() && startsWord(input.at(at))) {
            int c = input.at(at);
            if (EnvironmentList.isQuote(c)) {
                quoted(word);
            } else if (c == '\\') {
                escaped(word);
            } else {
                word.add(input, at++);
            }
        }
        if (at < input.length() && input.at(at) == '#') {
            skipLine();
        }
        tokens.add(word.build());
    }

    private void escaped(Text.Builder word) throws BadValueException {
        if (at + 1 >= input.length()) {
            throw new BadValueException("it ends with a backslash", at, null);
        }
        word.add(input, at + 1);
        at += 2;
    }

    private void quoted(Text.Builder word) throws BadValueException {
        int quote = input.at(at++);
        while (at < input.length() && input.at(at) != quote) {
            boolean escape = quote == '"' && input.at(at) == '\\' && at + 1 < input.length();
            if (escape && (input.at(at + 1) == '"' || input.at(at + 1) == '\\')) {
                at++;
            }
            word.add(input, at++);
        }
        if (at >= input.length()) {
            throw new BadValueException(
                    "no closing quotation", 0, "mind that ' ;' and ' #' begin a comment, inside quotes too");
        }
        at++;
    }

    private void skipLine() {
        while (at < input.length() && input.at(at) != '\n') {
            at++;
        }
    }
}
