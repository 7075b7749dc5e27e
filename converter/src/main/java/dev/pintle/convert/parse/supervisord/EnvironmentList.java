package dev.pintle.convert.parse.supervisord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The value of {@code environment=}, as supervisord 4.3.0 and older read it: the tokens of Python's legacy shlex mode,
 * taken four at a time as key, {@code =}, value and a separator that nobody looks at. So {@code A=1;B=2} is two
 * variables, {@code U=http://x/?q=1} is two as well, and {@code A=1#x,B=2} is one.
 */
final class EnvironmentList {

    private static final String MORE_WORD_CHARACTERS = "_/.+-():";

    private final Text input;
    private int at;

    private EnvironmentList(Text input) {
        this.input = input;
    }

    /**
     * Reads the variables, in order.
     *
     * @param version    of supervisord
     * @param suspicious hears of values that end where nobody can have meant them to
     *
     * @throws BadValueException where supervisord would refuse the list
     */
    static Map<String, Text> parse(Text input, Version version, Consumer<String> suspicious) throws BadValueException {
        boolean posix = version == Version.V4_4;
        List<Text> tokens = posix ? PosixTokens.of(input) : new EnvironmentList(input).tokens();
        Map<String, Text> variables = new LinkedHashMap<>();
        for (int i = 0; i < tokens.size(); i += 4) {
            if (i + 2 >= tokens.size() || !tokens.get(i + 1).equals(Text.of("="))) {
                throw new BadValueException(
                        "no KEY=VALUE at '" + rest(tokens, i) + "'",
                        0,
                        "separate with commas, and quote values that have other characters than letters, digits and "
                                + MORE_WORD_CHARACTERS);
            }
            Text key = tokens.get(i);
            if (!key.isLiteral()) {
                throw new BadValueException("the name of a variable depends on " + key, 0, "pass its value with --env");
            }
            variables.put(key.toString(), posix ? tokens.get(i + 2) : unquote(tokens.get(i + 2)));
            if (i + 3 < tokens.size() && !tokens.get(i + 3).equals(Text.of(","))) {
                suspicious.accept(key + " ends before '" + tokens.get(i + 3) + "'");
            }
        }
        return variables;
    }

    private static String rest(List<Text> tokens, int from) {
        StringBuilder out = new StringBuilder();
        for (Text token : tokens.subList(from, Math.min(from + 3, tokens.size()))) {
            out.append(out.isEmpty() ? "" : " ").append(token);
        }
        return out.toString();
    }

    /** All quotes at either end go, of whichever kind. */
    private static Text unquote(Text value) {
        int start = 0;
        int end = value.length();
        while (start < end && isQuote(value.at(start))) {
            start++;
        }
        while (end > start && isQuote(value.at(end - 1))) {
            end--;
        }
        return value.part(start, end);
    }

    private List<Text> tokens() throws BadValueException {
        List<Text> tokens = new ArrayList<>();
        while (at < input.length()) {
            int c = input.at(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '#') {
                skipLine();
            } else if (isWordCharacter(c)) {
                tokens.add(word());
            } else if (isQuote(c)) {
                tokens.add(quoted());
            } else {
                tokens.add(input.part(at, ++at));
            }
        }
        return tokens;
    }

    /** A quote inside a word is a part of it; a comment inside a word ends at the line's end, where the word goes on. */
    private Text word() {
        Text.Builder word = new Text.Builder();
        while (at < input.length()) {
            int c = input.at(at);
            if (c == '#') {
                skipLine();
            } else if (isWordCharacter(c) || isQuote(c)) {
                word.add(input, at++);
            } else {
                break;
            }
        }
        return word.build();
    }

    private Text quoted() throws BadValueException {
        int open = at++;
        while (at < input.length() && input.at(at) != input.at(open)) {
            at++;
        }
        if (at >= input.length()) {
            throw new BadValueException(
                    "no closing quotation", 0, "mind that ' ;' and ' #' begin a comment, inside quotes too");
        }
        return input.part(open, ++at);
    }

    private void skipLine() {
        while (at < input.length() && input.at(at) != '\n') {
            at++;
        }
        at++;
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    static boolean isQuote(int c) {
        return c == '\'' || c == '"';
    }

    /** A variable's value is not known; it is taken for a plain word, as whoever wrote it did. */
    static boolean isWordCharacter(int c) {
        return c == -1
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || MORE_WORD_CHARACTERS.indexOf(c) >= 0;
    }
}
