package dev.pintle.convert.lower.runit;

import dev.pintle.convert.parse.shell.ShellScript.Assignment;
import dev.pintle.convert.parse.shell.ShellScript.Command;
import dev.pintle.convert.parse.shell.ShellScript.Compound;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import dev.pintle.convert.parse.shell.Word;
import java.util.List;
import java.util.Set;

/** Names statements in a report, without the values in them: these may be secret. */
final class Labels {

    private static final int LONGEST = 40;

    /** Commands whose arguments are names of things. */
    private static final Set<String> TELLING = Set.of("sv", ".", "source", "cd", "ulimit", "umask", "set", "[", "test");

    private Labels() {}

    static String of(Statement statement) {
        return shorten(of(statement.clauses().get(0).command()));
    }

    private static String of(Command command) {
        if (command instanceof Compound compound) {
            return compound.what();
        }
        Simple simple = (Simple) command;
        List<Word> words = simple.words();
        if (words.isEmpty()) {
            return simple.assignments().isEmpty()
                    ? "redirection"
                    : simple.assignments().get(0).name() + "=";
        }
        String name = text(words.get(0));
        if (name.equals("exec")) {
            return words.size() == 1 ? redirections(simple) : "exec " + Paths.baseName(text(words.get(1)));
        }
        StringBuilder label = new StringBuilder(name);
        for (Word word : words.subList(1, words.size())) {
            String shown = argument(name, word);
            if (shown.isEmpty()) {
                break;
            }
            label.append(' ').append(shown);
        }
        return label.toString();
    }

    private static String argument(String command, Word word) {
        if (command.equals("export") || command.equals("readonly")) {
            return dev.pintle.convert.parse.shell.ShellParser.assignment(word)
                    .map(Assignment::name)
                    .orElseGet(() -> text(word));
        }
        return TELLING.contains(command) ? text(word) : "";
    }

    private static String redirections(Simple simple) {
        StringBuilder label = new StringBuilder("exec");
        simple.redirections()
                .forEach(r -> label.append(' ')
                        .append(r.descriptor() == (r.operator().charAt(0) == '<' ? 0 : 1) ? "" : r.descriptor())
                        .append(r.operator())
                        .append(text(r.target())));
        return label.toString();
    }

    private static String text(Word word) {
        return word.literal().orElse("…");
    }

    private static String shorten(String text) {
        String line = text.replace('\n', ' ').replace('\t', ' ');
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
