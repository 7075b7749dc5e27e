package dev.pintle.convert.lower.runit;

import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellException;
import dev.pintle.convert.parse.shell.ShellParser;
import dev.pintle.convert.parse.shell.ShellScript.Assignment;
import dev.pintle.convert.parse.shell.ShellScript.Clause;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The logger that {@code log/run} ends in.
 *
 * @param words  what is executed, without what only changes the process before
 * @param setUp  the statements before: directories that are made, owners that are set
 * @param offset of the last statement
 */
record LogProgram(List<String> words, List<Statement> setUp, int offset) {

    /** Empty where the script is more than preparations and one exec. */
    static Optional<LogProgram> of(ServiceFile run) {
        if (!Interpreter.of(run.text()).plain()) {
            return Optional.empty();
        }
        try {
            List<Statement> statements = ShellParser.parse(run.text()).statements();
            Variables variables = new Variables(Map.of(), true);
            List<Statement> setUp = new ArrayList<>();
            for (Statement statement : statements) {
                Optional<Simple> last = executed(statement);
                if (last.isPresent()) {
                    List<Value> words = Expansion.fields(
                            last.get().words().subList(1, last.get().words().size()), variables);
                    return program(words).map(program -> new LogProgram(program, setUp, statement.start()));
                }
                prepare(statement, variables, setUp);
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

    private static void prepare(Statement statement, Variables variables, List<Statement> setUp) throws Refusal {
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
                return;
            }
        }
        boolean idle = statement.clauses().get(0).command() instanceof Simple simple
                && (simple.words().get(0).isBare("set")
                        || (simple.words().size() == 1 && simple.words().get(0).isBare("exec")));
        if (!idle) {
            setUp.add(statement);
        }
    }

    /** Past chpst and its like: whoever the logger runs as, what it does with the lines is the same. */
    private static Optional<List<String>> program(List<Value> words) {
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
        List<String> literals = new ArrayList<>();
        for (Value word : left) {
            if (word.literal().isEmpty()) {
                return Optional.empty();
            }
            literals.add(word.literal().get());
        }
        return literals.isEmpty() ? Optional.empty() : Optional.of(literals);
    }

    /** The logger's own name. */
    String name() {
        return Paths.baseName(words.get(0));
    }
}
