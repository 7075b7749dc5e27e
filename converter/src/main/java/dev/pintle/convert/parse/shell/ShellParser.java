package dev.pintle.convert.parse.shell;

import dev.pintle.convert.parse.shell.ShellLexer.Kind;
import dev.pintle.convert.parse.shell.ShellLexer.Token;
import dev.pintle.convert.parse.shell.ShellScript.Assignment;
import dev.pintle.convert.parse.shell.ShellScript.Clause;
import dev.pintle.convert.parse.shell.ShellScript.Command;
import dev.pintle.convert.parse.shell.ShellScript.Compound;
import dev.pintle.convert.parse.shell.ShellScript.Connector;
import dev.pintle.convert.parse.shell.ShellScript.Redirection;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import dev.pintle.convert.parse.shell.Word.Literal;
import dev.pintle.convert.parse.shell.Word.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes statements of tokens. */
public final class ShellParser {

    /** What closes what; a loop's {@code do} is inside. */
    private static final Map<String, String> COMPOUNDS = Map.of(
            "if", "fi", "case", "esac", "for", "done", "while", "done", "until", "done", "select", "done", "{", "}",
            "[[", "]]");

    private static final Set<String> INNER = Set.of("then", "else", "elif", "do", "!");

    private final List<Token> tokens;
    private int at;

    private ShellParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * Reads a script.
     *
     * @throws ShellException where a shell would not come to its end
     */
    public static ShellScript parse(String text) throws ShellException {
        ShellParser parser = new ShellParser(ShellLexer.tokens(text));
        List<Statement> statements = new ArrayList<>();
        while (parser.peek().kind() != Kind.END) {
            if (parser.peek().kind() == Kind.NEWLINE || parser.peek().is(";")) {
                parser.at++;
            } else {
                statements.add(parser.statement());
            }
        }
        return new ShellScript(text, statements);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private int endOfLast() {
        return at == 0 ? 0 : tokens.get(at - 1).end();
    }

    private Statement statement() throws ShellException {
        int start = peek().start();
        List<Clause> clauses = new ArrayList<>();
        Connector connector = Connector.FIRST;
        while (true) {
            boolean negated = peek().isWord("!");
            if (negated) {
                at++;
            }
            clauses.add(new Clause(connector, negated, pipeline()));
            if (!peek().is("&&") && !peek().is("||")) {
                break;
            }
            connector = next().is("&&") ? Connector.AND : Connector.OR;
            while (peek().kind() == Kind.NEWLINE) {
                at++;
            }
        }
        int end = endOfLast();
        boolean background = peek().is("&");
        if (background) {
            at++;
        } else if (peek().kind() != Kind.END && peek().kind() != Kind.NEWLINE && !peek().is(";")) {
            throw new ShellException("'" + peek().text() + "' stands where no command can", peek().start());
        }
        return new Statement(start, end, clauses, background);
    }

    private Command pipeline() throws ShellException {
        Command command = command();
        boolean alone = true;
        while (peek().is("|") || peek().is("|&")) {
            at++;
            while (peek().kind() == Kind.NEWLINE) {
                at++;
            }
            command();
            alone = false;
        }
        return alone ? command : new Compound("pipeline");
    }

    private Command command() throws ShellException {
        Optional<String> compound = compoundHere();
        if (compound.isPresent()) {
            skipCompound();
            skipRedirections();
            return new Compound(compound.get());
        }
        return isFunction() ? function() : simple();
    }

    private Optional<String> compoundHere() {
        Token token = peek();
        return token.is("(")
                ? Optional.of("subshell")
                : COMPOUNDS.keySet().stream().filter(token::isWord).findFirst();
    }

    /** {@code NAME () body}, or bash's {@code function NAME body}. */
    private boolean isFunction() {
        boolean parenthesis = at + 1 < tokens.size() && tokens.get(at + 1).is("(");
        return peek().kind() == Kind.WORD && (parenthesis || peek().isWord("function"));
    }

    private Command function() throws ShellException {
        at += peek().isWord("function") ? 2 : 1;
        if (peek().is("(")) {
            at++;
            if (!next().is(")")) {
                throw new ShellException(
                        "'(' stands where none can", tokens.get(at - 1).start());
            }
        }
        while (peek().kind() == Kind.NEWLINE) {
            at++;
        }
        if (compoundHere().isPresent()) {
            skipCompound();
            skipRedirections();
        } else {
            simple();
        }
        return new Compound("function");
    }

    private Simple simple() throws ShellException {
        List<Assignment> assignments = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        List<Redirection> redirections = new ArrayList<>();
        while (true) {
            Token token = peek();
            if (token.isRedirection()) {
                redirections.add(redirection());
            } else if (token.kind() == Kind.WORD) {
                at++;
                Word word = Objects.requireNonNull(token.word());
                Optional<Assignment> assignment = words.isEmpty() ? assignment(word) : Optional.empty();
                if (assignment.isPresent()) {
                    assignments.add(assignment.get());
                } else {
                    words.add(word);
                }
            } else {
                break;
            }
        }
        if (assignments.isEmpty() && words.isEmpty() && redirections.isEmpty()) {
            String found = peek().kind() == Kind.OPERATOR
                    ? "'" + peek().text() + "' stands where no command can"
                    : "a command is missing";
            throw new ShellException(found, peek().start());
        }
        return new Simple(assignments, words, redirections);
    }

    /** {@code NAME=word}, where the name is not quoted. */
    public static Optional<Assignment> assignment(Word word) {
        if (word.parts().isEmpty() || !(word.parts().get(0) instanceof Literal first) || first.quoted()) {
            return Optional.empty();
        }
        int equals = first.text().indexOf('=');
        if (equals <= 0 || !isName(first.text().substring(0, equals))) {
            return Optional.empty();
        }
        List<Part> value = new ArrayList<>(word.parts());
        value.set(0, new Literal(first.text().substring(equals + 1), false));
        return Optional.of(new Assignment(
                first.text().substring(0, equals),
                new Word(word.start() + equals + 1, word.end(), List.copyOf(value))));
    }

    /** Whether a variable can be called that. */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private Redirection redirection() throws ShellException {
        Token token = next();
        if (peek().kind() != Kind.WORD) {
            throw new ShellException("nothing follows '" + token.text() + "'", token.start());
        }
        int digits = 0;
        while (Character.isDigit(token.text().charAt(digits))) {
            digits++;
        }
        String operator = token.text().substring(digits);
        int standard = operator.charAt(0) == '<' ? 0 : 1;
        int descriptor = digits == 0
                ? standard
                : digits > 4 ? Integer.MAX_VALUE : Integer.parseInt(token.text().substring(0, digits));
        return new Redirection(descriptor, operator, Objects.requireNonNull(next().word()));
    }

    private void skipRedirections() throws ShellException {
        while (peek().isRedirection()) {
            redirection();
        }
    }

    /** Past the word or parenthesis that closes the compound command that begins here. */
    private void skipCompound() throws ShellException {
        int start = peek().start();
        Deque<String> closers = new ArrayDeque<>();
        boolean commandPosition = true;
        do {
            Token token = next();
            if (token.kind() == Kind.END) {
                throw new ShellException("a compound command is not closed: " + closers.peek() + " is missing", start);
            }
            commandPosition = skipToken(token, commandPosition, closers);
        } while (!closers.isEmpty());
    }

    /** Whether the next token is where a command begins. */
    private boolean skipToken(Token token, boolean commandPosition, Deque<String> closers) throws ShellException {
        if (token.kind() == Kind.NEWLINE) {
            return true;
        }
        if (token.kind() == Kind.OPERATOR) {
            return skipOperator(token, closers);
        }
        if (!commandPosition) {
            if ("]]".equals(closers.peek()) && token.isWord("]]")) {
                closers.pop();
            }
            return false;
        }
        if (closers.peek() != null && token.isWord(closers.peek())) {
            closers.pop();
            return false;
        }
        for (Map.Entry<String, String> compound : COMPOUNDS.entrySet()) {
            if (token.isWord(compound.getKey())) {
                closers.push(compound.getValue());
                if (compound.getKey().equals("case")) {
                    skipToPattern();
                }
                return !Set.of("for", "select", "[[").contains(compound.getKey());
            }
        }
        if (token.isWord("function")) {
            next();
            return true;
        }
        return INNER.stream().anyMatch(token::isWord);
    }

    private boolean skipOperator(Token token, Deque<String> closers) throws ShellException {
        if (token.isRedirection()) {
            redirectionTarget();
            return false;
        }
        switch (token.text()) {
            case "(" -> closers.push(")");
            case ")" -> {
                // The parenthesis after a pattern of 'case', and a function's, open nothing.
                if (")".equals(closers.peek())) {
                    closers.pop();
                    return closers.peek() != null && isFunctionsParenthesis();
                }
            }
            case ";;", ";&", ";;&" -> skipPattern();
            default -> {}
        }
        return true;
    }

    private boolean isFunctionsParenthesis() {
        return at >= 2 && tokens.get(at - 2).is("(");
    }

    private void redirectionTarget() {
        if (peek().kind() == Kind.WORD) {
            at++;
        }
    }

    /** From after {@code case} to after the parenthesis of its first pattern. */
    private void skipToPattern() throws ShellException {
        while (!peek().isWord("in")) {
            if (next().kind() == Kind.END) {
                throw new ShellException("'case' without 'in'", peek().start());
            }
        }
        at++;
        skipPattern();
    }

    /** Patterns up to their parenthesis; nothing where {@code esac} follows. */
    private void skipPattern() throws ShellException {
        while (peek().kind() == Kind.NEWLINE) {
            at++;
        }
        if (peek().isWord("esac")) {
            return;
        }
        if (peek().is("(")) {
            at++;
        }
        while (!peek().is(")")) {
            if (next().kind() == Kind.END) {
                throw new ShellException("a pattern of 'case' is not closed", peek().start());
            }
        }
        at++;
    }
}
