package dev.pintle.convert.parse.supervisord;

import java.util.ArrayList;
import java.util.List;

/** Python's {@code shlex.split}: quotes and backslashes as in a POSIX shell, nothing else of a shell. */
final class ShellWords {

    private ShellWords() {}

    /**
     * Splits a command into its words.
     *
     * @throws BadValueException where a quotation or an escape is not finished
     */
    static List<Text> split(Text command) throws BadValueException {
        List<Text> words = new ArrayList<>();
        Text.Builder word = new Text.Builder();
        boolean inWord = false;
        int at = 0;
        while (at < command.length()) {
            int c = command.at(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                if (inWord) {
                    words.add(word.build());
                    word = new Text.Builder();
                    inWord = false;
                }
                at++;
                continue;
            }
            inWord = true;
            if (c == '\'' || c == '"') {
                at = quoted(command, at, word);
            } else if (c == '\\') {
                if (at + 1 == command.length()) {
                    throw new BadValueException("it ends with a backslash", 0, "supervisord can never start it");
                }
                word.add(command, at + 1);
                at += 2;
            } else {
                word.add(command, at++);
            }
        }
        if (inWord) {
            words.add(word.build());
        }
        return words;
    }

    /** Appends what is quoted from {@code open} on; returns the index after the closing quote. */
    private static int quoted(Text command, int open, Text.Builder word) throws BadValueException {
        int quote = command.at(open);
        int at = open + 1;
        while (at < command.length() && command.at(at) != quote) {
            boolean escape = quote == '"' && command.at(at) == '\\' && at + 1 < command.length();
            if (escape && (command.at(at + 1) == '"' || command.at(at + 1) == '\\')) {
                at++;
            }
            word.addQuoted(command, at++);
        }
        if (at >= command.length()) {
            throw new BadValueException(
                    "no closing " + (quote == '"' ? "double" : "single") + " quote",
                    0,
                    "supervisord can never start it; mind that ' ;' and ' #' begin a comment, inside quotes too");
        }
        return at + 1;
    }
}
