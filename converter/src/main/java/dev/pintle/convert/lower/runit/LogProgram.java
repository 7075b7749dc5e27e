package dev.pintle.convert.lower.runit;

import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellException;
import dev.pintle.convert.parse.shell.ShellParser;
import dev.pintle.convert.parse.shell.ShellScript.Assignment;
import dev.pintle.convert.parse.shell.ShellScript.Clause;
import dev.pintle.convert.parse.shell.ShellScript.Redirection;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The logger that {@code log/run} ends in.
 *
 * @param words    what is executed, without what only changes the process before
 * @param file     that its standard output is appended to, if any
 * @param prepared whether anything was done before that matters: a file's owner changed, another user become
 * @param made     directories that were made before
 */
record LogProgram(List<String> words, Optional<String> file, boolean prepared, List<String> made) {

    /** Empty where the script is more than preparations and one exec. */
    static Optional<LogProgram> of(ServiceFile run) {
        if (!Interpreter.of(run.text()).plain()) {
            return Optional.empty();
        }
        try {
            List<Statement> statements = ShellParser.parse(run.text()).statements();
            Variables variables = new Variables(Map.of(), true);
            boolean prepared = false;
            List<String> made = new ArrayList<>();
            for (Statement statement : statements) {
                Optional<Simple> last = executed(statement);
                if (last.isPresent()) {
                    return program(last.get(), variables, prepared, made);
                }
                Optional<String> directory = madeDirectory(statement, variables);
                directory.ifPresent(made::add);
                prepared |= directory.isEmpty() && prepares(statement, variables);
            }
        } catch (ShellException | Refusal e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Simple> executed(Statement statement) {
        return statement.clauses().size() == 1
                        && statement.clauses().get(0).command() instanceof Simple simple
                        && simple.words().size() > 1
                        && simple.words().get(0).isBare("exec")
                ? Optional.of(simple)
                : Optional.empty();
    }

    /** Follows a statement before the logger; whether it does anything outside of the shell. */
    private static boolean prepares(Statement statement, Variables variables) throws Refusal {
        for (Clause clause : statement.clauses()) {
            if (!(clause.command() instanceof Simple simple)
                    || simple.words().stream().anyMatch(w -> w.isBare("."))) {
                throw new Refusal("it is a program", statement.start());
            }
            if (simple.words().isEmpty()) {
                for (Assignment assignment : simple.assignments()) {
                    variables.set(
                            assignment.name(), Expansion.single(assignment.value(), variables), statement.start());
                }
                return false;
            }
        }
        boolean idle = statement.clauses().get(0).command() instanceof Simple simple
                && (simple.words().get(0).isBare("set")
                        || (simple.words().size() == 1
                                && simple.words().get(0).isBare("exec")
                                && simple.redirections().stream().allMatch(LogProgram::mergesErrors)));
        return !idle;
    }

    /** {@code mkdir -p DIR}, {@code [ -d DIR ] || mkdir -p DIR}, with or without an exit where that fails. */
    private static Optional<String> madeDirectory(Statement statement, Variables variables) throws Refusal {
        List<List<String>> clauses = new ArrayList<>();
        for (Clause clause : statement.clauses()) {
            if (!(clause.command() instanceof Simple simple)
                    || clause.negated()
                    || !simple.assignments().isEmpty()
                    || !simple.redirections().isEmpty()) {
                return Optional.empty();
            }
            List<String> words = new ArrayList<>();
            for (Value word : Expansion.fields(simple.words(), variables)) {
                words.add(word.literal().orElse(""));
            }
            clauses.add(words);
        }
        Optional<String> found = Optional.empty();
        for (List<String> words : clauses) {
            String name = words.isEmpty() ? "" : words.get(0);
            boolean tests = name.equals("[") || name.equals("test");
            if (name.equals("mkdir") && found.isEmpty() && isMkdir(words)) {
                found = Optional.of(words.get(words.size() - 1));
            } else if (!name.equals("exit")
                    && !name.equals("true")
                    && !(tests && words.get(1).equals("-d"))) {
                return Optional.empty();
            }
        }
        return found;
    }

    private static boolean isMkdir(List<String> words) {
        return words.size() > 1
                && words.subList(1, words.size() - 1).stream().allMatch("-p"::equals)
                && words.get(words.size() - 1).startsWith("/");
    }

    private static boolean mergesErrors(Redirection redirection) {
        return redirection.descriptor() == 2
                && redirection.operator().equals(">&")
                && redirection.target().literal().filter("1"::equals).isPresent();
    }

    private static Optional<LogProgram> program(Simple last, Variables variables, boolean prepared, List<String> made)
            throws Refusal {
        Optional<String> file = Optional.empty();
        for (Redirection redirection : last.redirections()) {
            boolean appends =
                    redirection.descriptor() == 1 && redirection.operator().equals(">>");
            if (appends) {
                file = Expansion.single(redirection.target(), variables).literal();
            }
            if (appends ? file.isEmpty() : !mergesErrors(redirection)) {
                return Optional.empty();
            }
        }
        List<Value> given =
                Expansion.fields(last.words().subList(1, last.words().size()), variables);
        List<Value> words = withoutWrappers(given);
        List<String> literals = new ArrayList<>();
        for (Value word : words) {
            if (word.literal().isEmpty()) {
                return Optional.empty();
            }
            literals.add(word.literal().get());
        }
        return literals.isEmpty()
                ? Optional.empty()
                : Optional.of(new LogProgram(literals, file, prepared || words.size() < given.size(), made));
    }

    /** Past chpst and its like: whoever the logger runs as, what it does with the lines is the same. */
    private static List<Value> withoutWrappers(List<Value> words) {
        List<Value> left = words;
        while (!left.isEmpty()) {
            String name = Paths.baseName(left.get(0).literal().orElse(""));
            int skip = switch (name) {
                case "chpst" -> Chpst.parse(left).map(Chpst::length).orElse(left.size());
                case "setuidgid", "setuser" -> 2;
                case "exec" -> 1;
                default -> 0;
            };
            if (skip == 0) {
                break;
            }
            left = left.subList(Math.min(skip, left.size()), left.size());
        }
        return left;
    }

    /** The logger's own name. */
    String name() {
        return Paths.baseName(words.get(0));
    }
}
