package dev.pintle.convert.parse.shell;

import java.util.List;
import java.util.Optional;

/**
 * One word as it is written, before any expansion.
 *
 * @param start of the word in the text
 * @param end   the index after it
 * @param parts in order; none for an empty word, which quotes make
 */
public record Word(int start, int end, List<Part> parts) {

    /** A piece of a word that the shell treats as one. */
    public sealed interface Part {

        /** Whether it stands in quotes, so that it is neither split nor taken for a pattern. */
        boolean quoted();
    }

    /**
     * Characters that stand for themselves, unless an unquoted one begins a pattern or a home directory.
     *
     * @param text   without quotes and backslashes
     * @param quoted whether a quote or a backslash protects it
     */
    public record Literal(String text, boolean quoted) implements Part {}

    /**
     * A variable: {@code $NAME}, {@code ${NAME}}, or with an operator {@code ${NAME:-word}}.
     *
     * @param name     of the variable
     * @param operator one of {@code - :- + :+ ? :? = :=}, or empty
     * @param argument what follows the operator
     * @param quoted   whether it stands in double quotes
     */
    public record Variable(String name, String operator, Word argument, boolean quoted) implements Part {}

    /**
     * What only a running shell knows: a command's output, a positional parameter, arithmetic.
     *
     * @param text   as it is written
     * @param quoted whether it stands in double quotes
     */
    public record Dynamic(String text, boolean quoted) implements Part {}

    /** The text, where the word is nothing but characters that stand for themselves. */
    public Optional<String> literal() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Literal literal) || (!literal.quoted() && isPattern(literal.text()))) {
                return Optional.empty();
            }
            text.append(literal.text());
        }
        boolean home =
                text.length() > 0 && text.charAt(0) == '~' && !parts.get(0).quoted();
        return home ? Optional.empty() : Optional.of(text.toString());
    }

    /** Whether the word is exactly these unquoted characters: only then can it be a reserved word. */
    public boolean isBare(String text) {
        return parts.size() == 1
                && parts.get(0) instanceof Literal literal
                && !literal.quoted()
                && literal.text().equals(text);
    }

    /** Whether an unquoted text may stand for the names of files, or in bash for several words. */
    public static boolean isPattern(String text) {
        if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
            return true;
        }
        // A bracket alone is the name of a command.
        boolean bracket = text.indexOf('[') >= 0 && text.length() > 1;
        boolean brace = text.indexOf('{') >= 0 && (text.indexOf(',') >= 0 || text.contains(".."));
        return bracket || brace;
    }

    /** Whether every opening brace has its closing one. */
    public static boolean bracesPair(String text) {
        int depth = 0;
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
        }
        return depth == 0;
    }
}
