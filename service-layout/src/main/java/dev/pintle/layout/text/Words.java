package dev.pintle.layout.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 *
 * <p>{@code ${=OPTIONS}} outside of quotes is the exception: its value is put into the command before that is split, so it
 * can be several words, with quotes of their own, or none. A dollar sign in the value stays one.
 */
public final class Words {

    /** What a list of words may not grow beyond. */
    private static final int MAX_WORDS = 10_000;

    private static final Interpolation NO_VARIABLES = new Interpolation(Map.of());

    /** Variables whose values are split: for each, all of the text is copied. */
    private static final int MAX_SPLIT = 64;

    /** Characters that are copied as fast as one is interpolated. */
    private static final int COPIED = 16;

    private static final String HINT = "for a shell, write sh -c '…'";

    /** Stands for a program that is not known yet. */
    public static final String UNKNOWN_PROGRAM = "/";

    private static final String ARGUMENT = "it is an argument of the program";

    private final Interpolation interpolation;
    /** The value of the key: the text, before variables are put in. */
    private final String original;

    /** Of that. */
    private final Braces braces;

    private final Interpolation.Listener listener;
    private final List<Word> words = new ArrayList<>();
    private String text;
    private boolean failed;
    private int at;

    /** Up to here the text is the value of a variable, and a dollar sign in it has no meaning. */
    private int valueEnd;

    /** Where in the value of the key that variable stands. */
    private int variableAt;

    /** How many variables were put in. */
    private int split;

    /** How many characters the text has more than the key's value, after the last variable that was put in. */
    private int grown;

    private Words(String text, Interpolation interpolation, Interpolation.Listener listener) {
        this.text = text;
        this.original = text;
        this.interpolation = interpolation;
        this.braces = new Braces(text);
        this.listener = listener;
    }

    /**
     * The words of {@code value}, interpolated; null where it has an error. It can be empty. Where variables may be missing, one
     * that is shows as {@code ${NAME}}, and a program that it names is {@link #UNKNOWN_PROGRAM}.
     */
    public static @Nullable List<String> read(SourceText value, Interpolation interpolation, Diagnostics diagnostics) {
        Words reader = new Words(value.text(), interpolation, diagnostics.of(value));
        reader.split();
        List<String> result = new ArrayList<>();
        for (Word word : reader.words) {
            String interpolated = interpolation.interpolateShowing(word.template(), word.listener(reader.listener));
            if (interpolated == null) {
                reader.failed = true;
            } else if (result.isEmpty() && (word.unknown || !interpolation.isComplete(word.template()))) {
                result.add(UNKNOWN_PROGRAM);
            } else if (word.quoted || !interpolated.isEmpty()) {
                interpolation.budget().addValue(0, reader.listener);
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
        int end = new Words(text, NO_VARIABLES, Interpolation.Listener.NONE).quoted(word, 0);
        return end == text.length() ? word.template() : null;
    }

    /**
     * The quote that is open after a line, where {@code open} was open before it; 0 for none, then and now. It is told for lines
     * one by one, so a variable that takes several counts as text.
     */
    static char quoteAfter(char open, String line) {
        Braces braces = new Braces(line);
        char quote = open;
        for (int i = 0; i < line.length(); ) {
            char c = line.charAt(i);
            boolean escaped = c == '\\' && quote != '\'';
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            }
            i = escaped ? i + 2 : Interpolation.end(line, braces, i);
        }
        return quote;
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
            int start = origin(at);
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
                int end = quoted(word, at);
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
                escaped(word, at + 1);
                at += 2;
            } else if (at >= valueEnd && text.startsWith(Interpolation.SPLIT, at)) {
                word.bare = false;
                if (!putIn(word, end(at))) {
                    return null;
                }
            } else {
                at = unit(word, at);
            }
        }
        return word;
    }

    /** Replaces the variable between {@code at} and {@code end} by its value; false where it has an error. */
    private boolean putIn(Word word, int end) {
        int start = at;
        if (end == start + 1) {
            error(start, "the brace of ${ is not closed", "write $$ for a dollar sign");
            return false;
        }
        int origin = origin(start);
        String template = "${" + text.substring(start + Interpolation.SPLIT.length(), end);
        String value = interpolation.interpolateShowing(template, splitAt(origin));
        word.unknown |= !interpolation.isComplete(template);
        if (value == null) {
            failed = true;
            at = end;
            return true;
        }
        int length = text.length() - (end - start) + value.length();
        if (length > Interpolation.MAX_LENGTH) {
            error(start, "it would be longer than " + Interpolation.MAX_LENGTH + " characters", null);
            return false;
        }
        if (++split > MAX_SPLIT) {
            error(start, "it has more than " + MAX_SPLIT + " variables that are split", null);
            return false;
        }
        // All of the text is copied each time.
        interpolation.budget().addValue(length / COPIED, listener);
        grown += value.length() - (end - start);
        text = new StringBuilder(length)
                .append(text, 0, start)
                .append(value)
                .append(text, end, text.length())
                .toString();
        variableAt = origin;
        valueEnd = start + value.length();
        return true;
    }

    /** What is wrong with a variable that begins at {@code origin}, and lacks the {@code =} that stands there. */
    private Interpolation.Listener splitAt(int origin) {
        return new Interpolation.Listener() {
            @Override
            public void error(int offset, String code, String what, String cause, @Nullable String hint) {
                listener.error(place(offset), code, what, cause, hint);
            }

            @Override
            public void warning(int offset, String code, String what, String cause, @Nullable String hint) {
                listener.warning(place(offset), code, what, cause, hint);
            }

            private int place(int offset) {
                return offset == 0 ? origin : origin + offset + 1;
            }
        };
    }

    /** Where a character of the text stands in the value of the key. */
    private int origin(int index) {
        return index < valueEnd ? variableAt : index - grown;
    }

    /** The index after the unit that begins at {@code from}, behind the last variable that was put in. */
    private int end(int from) {
        return Interpolation.end(original, braces, from - grown) + grown;
    }

    /** Adds what begins at {@code from}: a variable or a character; returns the index after it. */
    private int unit(Word word, int from) {
        if (from < valueEnd) {
            literal(word, from);
            return from + 1;
        }
        int end = end(from);
        add(word, from, end);
        return end;
    }

    /** Reads the quoted string that begins at {@code open}; returns the index after it, or -1 if it is not closed. */
    private int quoted(Word word, int open) {
        word.quoted = true;
        char quote = text.charAt(open);
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == quote) {
                return i + 1;
            }
            if (quote == '"' && c == '\\' && i + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(i + 1)) >= 0) {
                escaped(word, i + 1);
                i += 2;
            } else {
                i = unit(word, i);
            }
        }
        return -1;
    }

    /** Adds the character at {@code index}, which a backslash stands before. */
    private void escaped(Word word, int index) {
        if (text.charAt(index) != '\n') {
            literal(word, index);
        }
    }

    /** Adds the character at {@code index}, which has no meaning for interpolation. */
    private void literal(Word word, int index) {
        add(word, index, index + 1);
        if (text.charAt(index) == '$') {
            add(word, index, index + 1);
        }
    }

    private void add(Word word, int from, int to) {
        for (int i = from; i < to; i++) {
            word.add(text.charAt(i), origin(i));
        }
    }

    private void warnOfOperator(int start, String word) {
        if (word.charAt(0) == '#') {
            listener.warning(
                    start,
                    "comment-in-command",
                    "take '" + word + "' as a comment",
                    ARGUMENT,
                    "give a comment a line of its own, or quote the word");
        } else if (isOperator(word)) {
            listener.warning(start, "shell-operator", "take '" + word + "' as a shell operator", ARGUMENT, HINT);
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
        listener.error(origin(offset), "bad-quoting", "split command", cause, hint);
    }

    /** A word on its way: its template, and where each of its characters comes from. */
    private static final class Word {
        private final StringBuilder template = new StringBuilder();
        private int[] offsets = new int[16];
        /** Whether any part stood in quotes, so that it is a word even when empty. */
        private boolean quoted;
        /** Whether a variable that is missing would be split here. */
        private boolean unknown;
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

        void add(char c, int offset) {
            if (template.length() == offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            offsets[template.length()] = offset;
            template.append(c);
        }
    }
}
