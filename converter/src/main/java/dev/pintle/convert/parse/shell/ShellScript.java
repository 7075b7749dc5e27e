package dev.pintle.convert.parse.shell;

import java.util.List;

/**
 * A script as a list of statements.
 *
 * @param text       the whole
 * @param statements in order
 */
public record ShellScript(String text, List<Statement> statements) {

    /**
     * Commands joined by {@code &&} and {@code ||}, up to the end of a line or a semicolon.
     *
     * @param start      of the first command in the text
     * @param end        the index after the last one
     * @param clauses    the commands, at least one
     * @param background whether the shell does not wait for them
     */
    public record Statement(int start, int end, List<Clause> clauses, boolean background) {}

    /** When a command of a list is run. */
    public enum Connector {
        /** It is the first. */
        FIRST,
        /** After success. */
        AND,
        /** After failure. */
        OR
    }

    /**
     * One command of a list.
     *
     * @param connector to what stands before it
     * @param negated   whether {@code !} stands before it
     * @param command   what is run
     */
    public record Clause(Connector connector, boolean negated, Command command) {}

    /** What a clause runs. */
    public sealed interface Command {}

    /**
     * A plain command.
     *
     * @param assignments  {@code NAME=word} before it, or alone
     * @param words        the command's name and its arguments; none where there are only assignments or redirections
     * @param redirections in order
     */
    public record Simple(List<Assignment> assignments, List<Word> words, List<Redirection> redirections)
            implements Command {}

    /**
     * A command that is only delimited.
     *
     * @param what in a word: {@code if}, {@code pipeline}, {@code function} …
     */
    public record Compound(String what) implements Command {

        /** In a phrase, after an article. */
        public String describe() {
            return what.equals("pipeline") || what.equals("subshell") || what.equals("function")
                    ? what
                    : "'" + what + "' command";
        }
    }

    /**
     * A variable and its value.
     *
     * @param name  of the variable
     * @param value not split into fields by the shell
     */
    public record Assignment(String name, Word value) {}

    /**
     * A redirection.
     *
     * @param descriptor that is changed, the operator's default where none is written
     * @param operator   {@code < > >> <& >& <> >|} and so on
     * @param target     the file, or the other descriptor
     */
    public record Redirection(int descriptor, String operator, Word target) {}
}
