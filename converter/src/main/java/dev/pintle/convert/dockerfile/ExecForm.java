package dev.pintle.convert.dockerfile;

import dev.pintle.convert.source.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The exec form: a JSON array of strings. What is not exactly that is the shell form, as to BuildKit; single quotes are
 * the usual mistake.
 */
final class ExecForm {

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int at;

    private ExecForm(String text) {
        this.text = text;
    }

    static Optional<List<Word>> parse(Excerpt arguments) {
        ExecForm form = new ExecForm(arguments.text());
        return form.array() ? Optional.of(form.words) : Optional.empty();
    }

    private boolean array() {
        skipBlanks();
        if (!take('[')) {
            return false;
        }
        skipBlanks();
        if (take(']')) {
            skipBlanks();
            return at == text.length();
        }
        do {
            skipBlanks();
            if (!string()) {
                return false;
            }
            skipBlanks();
        } while (take(','));
        boolean closed = take(']');
        skipBlanks();
        return closed && at == text.length();
    }

    private boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean string() {
        int start = at;
        if (!take('"')) {
            return false;
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                return false;
            }
            if (c != '\\') {
                value.append(c);
            } else if (!escape(value)) {
                return false;
            }
        }
        if (!take('"')) {
            return false;
        }
        words.add(new Word(value.toString(), start, at));
        return true;
    }

    private boolean escape(StringBuilder value) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            value.append("\"\\/\b\f\n\r\t".charAt(simple));
            return true;
        }
        if (c != 'u' || at + 4 > text.length()) {
            return false;
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(text.charAt(at++), 16);
            if (digit < 0) {
                return false;
            }
            code = code * 16 + digit;
        }
        value.append((char) code);
        return true;
    }
}
