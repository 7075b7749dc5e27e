package dev.pintle.layout.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a command into words as a POSIX shell does: at white space, with single quotes, double quotes and backslashes.
 * There is no globbing and there are no operators; a word that looks like one gets a warning, because the program would be
 * given it as an argument.
 *
 * <p>Words are split before they are interpolated. So a variable's value is one word, or a part of one, whatever blanks and
 * quotes it holds. {@code ${…}} is taken whole, blanks and quotes within it included, and is interpolated in quotes of
 * either kind: Compose knows one way only to write a dollar sign, {@code $$}, and so do we, but for {@code \$}, which a
 * shell reader would write. A word that is nothing but unquoted variables, all of them empty, is left out, as a shell
 * leaves it out; {@code "$OPTIONS"} stays, as an empty word.
 */
public final class Words {

    /** What a list of words may not grow beyond. */
    private static final int MAX_WORDS = 10_000;

    private static final String HINT = "for a shell, write command = sh -c '…'";

    private static final String ARGUMENT = "it is an argument of the program";

    private final String text;
    private final Interpolation.Listener listener;
    private final List<Word> words = new ArrayList<>();
    private boolean failed;
    private int at;

    private Words(String text, Interpolation.Listener listener) {
        this.text = text;
        this.listener = listener;
    }

    /**
     * The words of {@code value}, interpolated; null where it has an error. It can be empty.
     */
    public static @Nullable List<String> read(SourceText value, Interpolation interpolation, Diagnostics diagnostics) {
        Words reader = new Words(value.text(), diagnostics.of(value));
        reader.split();
        List<String> result = new ArrayList<>();
        for (Word word : reader.words) {
            String interpolated = interpolation.interpolate(word.template(), word.listener(reader.listener));
            if (interpolated == null) {
                reader.failed = true;
            } else if (word.quoted || !interpolated.isEmpty()) {
                result.add(interpolated);
            }
        }
        return reader.failed ? null : List.copyOf(result);
    }

    /** The template of a text that is one quoted string and nothing more, or null where it is anything else. */
    public static @Nullable String unquote(String text) {
        if (text.isEmpty() || (text.charAt(0) != '"' && text.charAt(0) != '\'')) {
            return null;
        }
        Word word = new Word();
        int end = word.quoted(text, 0);
        return end == text.length() ? word.template() : null;
    }

    private void split() {
        while (true) {
            skipSpace();
            if (at >= text.length()) {
                return;
            }
            if (words.size() == MAX_WORDS) {
                error(at, "it has more than " + MAX_WORDS + " words", null);
                return;
            }
            int start = at;
            Word word = word();
            if (word == null) {
                return;
            }
            words.add(word);
            if (word.bare) {
                warnOfOperator(start, word.template());
            }
        }
    }

    private void skipSpace() {
        while (at < text.length()) {
            if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (Ascii.isSpace(text.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }

    private @Nullable Word word() {
        Word word = new Word();
        while (at < text.length() && !Ascii.isSpace(text.charAt(at))) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                word.bare = false;
                int end = word.quoted(text, at);
                if (end < 0) {
                    error(at, "the quote " + c + " is not closed", null);
                    return null;
                }
                at = end;
            } else if (c == '\\') {
                word.bare = false;
                if (at + 1 == text.length()) {
                    error(at, "nothing follows the backslash", "write \\\\ for a backslash");
                    return null;
                }
                word.escaped(text, at + 1);
                at += 2;
            } else {
                int end = Interpolation.end(text, at);
                word.add(text, at, end);
                at = end;
            }
        }
        return word;
    }

    private void warnOfOperator(int start, String word) {
        if (word.charAt(0) == '#') {
            listener.warning(
                    start,
                    "comment-in-command",
                    "take '" + word + "' for a comment",
                    ARGUMENT,
                    "give a comment a line of its own, or quote the word");
        } else if (isOperator(word)) {
            listener.warning(start, "shell-operator", "take '" + word + "' for a shell's", ARGUMENT, HINT);
        }
    }

    /** Whether a shell would not see an argument: |, &&, ;, a redirection, or a word with a semicolon at its end. */
    private static boolean isOperator(String word) {
        switch (word) {
            case "|", "||", "&", "&&", "|&", ";", ";;", "!" -> {
                return true;
            }
            default -> {
                int i = 0;
                while (i < word.length() && Ascii.isDigit(word.charAt(i))) {
                    i++;
                }
                boolean redirection = i < word.length() && (word.charAt(i) == '<' || word.charAt(i) == '>');
                return redirection || word.startsWith("&>") || word.endsWith(";");
            }
        }
    }

    private void error(int offset, String cause, @Nullable String hint) {
        failed = true;
        listener.error(offset, "bad-quoting", "split command", cause, hint);
    }

    /** A word on its way: its template, and where each of its characters comes from. */
    private static final class Word {
        private final StringBuilder template = new StringBuilder();
        private int[] offsets = new int[16];
        /** Whether any part stood in quotes, so that it is a word even when empty. */
        private boolean quoted;
        /** Whether nothing in it was quoted or escaped. */
        private boolean bare = true;

        String template() {
            return template.toString();
        }

        Interpolation.Listener listener(Interpolation.Listener outer) {
            return new Interpolation.Listener() {
                @Override
                public void error(int offset, String code, String what, String cause, @Nullable String hint) {
                    outer.error(offsets[offset], code, what, cause, hint);
                }

                @Override
                public void warning(int offset, String code, String what, String cause, @Nullable String hint) {
                    outer.warning(offsets[offset], code, what, cause, hint);
                }
            };
        }

        /** Reads the quoted string that begins at {@code open}; returns the index after it, or -1 if it is not closed. */
        int quoted(String text, int open) {
            quoted = true;
            char quote = text.charAt(open);
            int i = open + 1;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c == quote) {
                    return i + 1;
                }
                if (quote == '"' && c == '\\' && i + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(i + 1)) >= 0) {
                    escaped(text, i + 1);
                    i += 2;
                } else {
                    int end = Interpolation.end(text, i);
                    add(text, i, end);
                    i = end;
                }
            }
            return -1;
        }

        /** Adds the character at {@code at}, which a backslash stands before. */
        void escaped(String text, int at) {
            char c = text.charAt(at);
            if (c == '\n') {
                return;
            }
            add(text, at, at + 1);
            if (c == '$') {
                add(text, at, at + 1);
            }
        }

        void add(String text, int from, int to) {
            for (int i = from; i < to; i++) {
                if (template.length() == offsets.length) {
                    offsets = Arrays.copyOf(offsets, offsets.length * 2);
                }
                offsets[template.length()] = i;
                template.append(text.charAt(i));
            }
        }
    }
}
