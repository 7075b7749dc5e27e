package dev.pintle.convert.parse.shell;

import dev.pintle.convert.parse.shell.Word.Dynamic;
import dev.pintle.convert.parse.shell.Word.Literal;
import dev.pintle.convert.parse.shell.Word.Part;
import dev.pintle.convert.parse.shell.Word.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts a script into words and operators, by XCU 2.3. */
final class ShellLexer {

    /** Longest first. */
    private static final List<String> OPERATORS = List.of(
            "&>>", "<<-", "<<<", ";;&", "&&", "||", ";;", ";&", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "|&", "&",
            "|", ";", "(", ")", "<", ">");

    private static final List<String> EXPANSIONS = List.of(":-", ":=", ":?", ":+", "-", "=", "?", "+");

    /** Deeper than any script that a person wrote, and no danger to the stack. */
    private static final int MAX_DEPTH = 40;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<HereDocument> pending = new ArrayList<>();
    private int at;
    private boolean expectsDelimiter;
    private boolean stripsTabs;

    /** What a token is. */
    enum Kind {
        WORD,
        OPERATOR,
        NEWLINE,
        END
    }

    /**
     * One token.
     *
     * @param kind  what it is
     * @param text  of an operator; the digits of a descriptor that stands before one are part of it
     * @param word  of a word
     * @param start in the text
     * @param end   the index after it
     */
    record Token(Kind kind, String text, @Nullable Word word, int start, int end) {
        boolean is(String operator) {
            return kind == Kind.OPERATOR && text.equals(operator);
        }

        boolean isWord(String bare) {
            return word != null && word.isBare(bare);
        }

        boolean isRedirection() {
            return kind == Kind.OPERATOR && (text.indexOf('<') >= 0 || text.indexOf('>') >= 0);
        }
    }

    private record HereDocument(String delimiter, boolean stripsTabs) {}

    private ShellLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws ShellException {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new ShellException("it has a NUL character, which shells treat differently", nul);
        }
        ShellLexer lexer = new ShellLexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws ShellException {
        while (skipBlanks()) {
            char c = text.charAt(at);
            if (c == '\n') {
                tokens.add(new Token(Kind.NEWLINE, "\n", null, at, ++at));
                skipHereDocuments();
            } else if (c == '#') {
                at = lineEnd(at);
            } else {
                String operator = operator();
                if (operator == null) {
                    word();
                } else {
                    operator(operator);
                }
            }
        }
        tokens.add(new Token(Kind.END, "", null, at, at));
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    /** Skips blanks and continued lines' ends; false at the end of the text. */
    private boolean skipBlanks() {
        while (at < text.length()) {
            if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\r') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private @Nullable String operator() {
        int digits = at;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        boolean descriptor = digits > at && digits < text.length() && "<>".indexOf(text.charAt(digits)) >= 0;
        int from = descriptor ? digits : at;
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, from)) {
                return text.substring(at, from) + operator;
            }
        }
        return null;
    }

    private void operator(String operator) {
        int start = at;
        at += operator.length();
        tokens.add(new Token(Kind.OPERATOR, operator, null, start, at));
        if (operator.endsWith("<<") || operator.endsWith("<<-")) {
            expectsDelimiter = true;
            stripsTabs = operator.endsWith("-");
        }
    }

    private void word() throws ShellException {
        int start = at;
        List<Part> parts = parts(0, WORD_END);
        tokens.add(new Token(Kind.WORD, "", new Word(start, at, parts), start, at));
        if (expectsDelimiter) {
            expectsDelimiter = false;
            pending.add(new HereDocument(unquoted(start, at), stripsTabs));
        }
    }

    /** A here-document's delimiter is not expanded; only its quotes go. */
    private String unquoted(int start, int end) {
        StringBuilder out = new StringBuilder();
        for (int i = start; i < end; i++) {
            if ("'\"\\".indexOf(text.charAt(i)) < 0) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private void skipHereDocuments() throws ShellException {
        for (HereDocument document : pending) {
            boolean closed = false;
            while (!closed) {
                if (at >= text.length()) {
                    throw new ShellException("a here-document is not closed", at);
                }
                int end = lineEnd(at);
                String line = text.substring(at, end);
                closed = (document.stripsTabs() ? line.stripLeading() : line).equals(document.delimiter());
                at = Math.min(end + 1, text.length());
            }
        }
        pending.clear();
    }

    private static final String WORD_END = " \t\r\n;&|()<>";

    /** The parts up to an unquoted character of {@code ends}, which is not consumed. */
    private List<Part> parts(int depth, String ends) throws ShellException {
        if (depth > MAX_DEPTH) {
            throw new ShellException("expansions are nested too deep", at);
        }
        Parts parts = new Parts();
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> backslash(parts);
                case '\'' -> singleQuoted(parts);
                case '"' -> doubleQuoted(depth, parts);
                case '$' -> dollar(depth, parts, false);
                case '`' -> parts.add(new Dynamic(backquoted(), false));
                default -> {
                    parts.literal(c, false);
                    at++;
                }
            }
        }
        return parts.close();
    }

    private void backslash(Parts parts) throws ShellException {
        if (at + 1 >= text.length()) {
            throw new ShellException("a backslash ends the text", at);
        }
        if (text.charAt(at + 1) != '\n') {
            parts.literal(text.charAt(at + 1), true);
        }
        at += 2;
    }

    private void singleQuoted(Parts parts) throws ShellException {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw new ShellException("a single quote is not closed", at);
        }
        parts.quoted(text.substring(at + 1, end));
        at = end + 1;
    }

    private void doubleQuoted(int depth, Parts parts) throws ShellException {
        int open = at++;
        parts.quoted("");
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                if ("$`\"\\".indexOf(next) >= 0) {
                    parts.literal(next, true);
                } else if (next != '\n') {
                    parts.literal(c, true);
                    parts.literal(next, true);
                }
                at += 2;
            } else if (c == '$') {
                dollar(depth, parts, true);
            } else if (c == '`') {
                parts.add(new Dynamic(backquoted(), true));
            } else {
                parts.literal(c, true);
                at++;
            }
        }
        if (at >= text.length()) {
            throw new ShellException("a double quote is not closed", open);
        }
        at++;
    }

    private String backquoted() throws ShellException {
        int start = at++;
        while (at < text.length() && text.charAt(at) != '`') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new ShellException("a backquote is not closed", start);
        }
        return text.substring(start, ++at);
    }

    private void dollar(int depth, Parts parts, boolean quoted) throws ShellException {
        int start = at;
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (isNameStart(next)) {
            at++;
            parts.add(new Variable(name(), "", new Word(at, at, List.of()), quoted));
        } else if (next == '{') {
            parts.add(braced(depth, quoted));
        } else if (next == '(') {
            skipParentheses();
            parts.add(new Dynamic(text.substring(start, at), quoted));
        } else if ("0123456789@*#?-$!".indexOf(next) >= 0 || (!quoted && (next == '\'' || next == '"'))) {
            at += 2;
            if (next == '\'' || next == '"') {
                skipQuoted(next);
            }
            parts.add(new Dynamic(text.substring(start, at), quoted));
        } else {
            parts.literal('$', quoted);
            at++;
        }
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private String name() {
        int start = at;
        while (at < text.length() && (isNameStart(text.charAt(at)) || Character.digit(text.charAt(at), 10) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    /** {@code ${NAME}} and {@code ${NAME:-word}}; anything else between braces is for the shell to know. */
    private Part braced(int depth, boolean quoted) throws ShellException {
        int start = at;
        at += 2;
        String name = at < text.length() && isNameStart(text.charAt(at)) ? name() : "";
        Optional<String> operator =
                EXPANSIONS.stream().filter(o -> text.startsWith(o, at)).findFirst();
        boolean plain = at < text.length() && text.charAt(at) == '}';
        if (!name.isEmpty() && (plain || operator.isPresent())) {
            at += operator.map(String::length).orElse(0);
            int from = at;
            List<Part> argument = bracedArgument(depth, quoted);
            if (at >= text.length()) {
                throw new ShellException("a brace is not closed", start);
            }
            Word word = new Word(from, at++, argument);
            return new Variable(name, operator.orElse(""), word, quoted);
        }
        at = start + 2;
        bracedArgument(depth, false);
        if (at >= text.length()) {
            throw new ShellException("a brace is not closed", start);
        }
        at++;
        return new Dynamic(text.substring(start, at), quoted);
    }

    /** Within double quotes a single quote is a character like others. */
    private List<Part> bracedArgument(int depth, boolean quoted) throws ShellException {
        if (!quoted) {
            return parts(depth + 1, "}");
        }
        if (depth + 1 > MAX_DEPTH) {
            throw new ShellException("expansions are nested too deep", at);
        }
        Parts parts = new Parts();
        while (at < text.length() && text.charAt(at) != '}') {
            char c = text.charAt(at);
            if (c == '\\') {
                backslash(parts);
            } else if (c == '$') {
                dollar(depth + 1, parts, true);
            } else if (c == '`') {
                parts.add(new Dynamic(backquoted(), true));
            } else if (c == '"') {
                doubleQuoted(depth + 1, parts);
            } else {
                parts.literal(c, true);
                at++;
            }
        }
        return parts.close();
    }

    /** Past the parenthesis that closes the one at {@code at + 1}. */
    private void skipParentheses() throws ShellException {
        int start = at++;
        int open = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '(') {
                open++;
            } else if (c == ')' && --open == 0) {
                return;
            } else if (c == '\\') {
                at++;
            } else if (c == '\'' || c == '"' || c == '`') {
                skipQuoted(c);
            }
        }
        throw new ShellException("a parenthesis is not closed", start);
    }

    private void skipQuoted(char quote) throws ShellException {
        int start = at;
        while (at < text.length() && text.charAt(at) != quote) {
            at += quote != '\'' && text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw new ShellException("a quote is not closed", start);
        }
        at++;
    }

    /** Joins characters to parts. */
    private static final class Parts {
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder run = new StringBuilder();
        private boolean runQuoted;
        private boolean open;

        void literal(char c, boolean quoted) {
            begin(quoted);
            run.append(c);
        }

        /** Quotes make a part even where nothing is between them. */
        void quoted(String text) {
            begin(true);
            run.append(text);
        }

        private void begin(boolean quoted) {
            if (open && runQuoted != quoted) {
                close();
            }
            open = true;
            runQuoted = quoted;
        }

        void add(Part part) {
            close();
            parts.add(part);
        }

        List<Part> close() {
            if (open) {
                parts.add(new Literal(run.toString(), runQuoted));
                run.setLength(0);
                open = false;
            }
            return parts;
        }
    }
}
