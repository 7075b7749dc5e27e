package dev.pintle.convert.lower.runit;

import dev.pintle.convert.parse.shell.ShellScript.Clause;
import dev.pintle.convert.parse.shell.ShellScript.Connector;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import dev.pintle.convert.parse.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement that calls {@code sv} to wait for other services: {@code sv check X || exit 1}, {@code sv start X}.
 *
 * @param starts   whether it starts them: {@code sv start}; {@code sv check} only looks
 * @param services by their names
 * @param hard     whether the script ends where the call fails
 */
record SvCall(boolean starts, List<String> services, boolean hard) {

    /**
     * Reads a statement.
     *
     * @param endsOnFailure whether the shell itself ends at a failure: {@code set -e}
     */
    static Optional<SvCall> of(Statement statement, boolean endsOnFailure) {
        List<Clause> clauses = statement.clauses();
        if (statement.background() || clauses.size() > 2 || clauses.get(0).negated()) {
            return Optional.empty();
        }
        Optional<List<String>> call = call(clauses.get(0));
        if (call.isEmpty()) {
            return Optional.empty();
        }
        boolean hard = endsOnFailure;
        if (clauses.size() == 2) {
            Optional<String> otherwise = otherwise(clauses.get(1));
            if (otherwise.isEmpty()) {
                return Optional.empty();
            }
            hard = otherwise.get().equals("exit");
        }
        return of(call.get(), hard);
    }

    private static Optional<List<String>> call(Clause clause) {
        if (!(clause.command() instanceof Simple simple)
                || !simple.assignments().isEmpty()) {
            return Optional.empty();
        }
        boolean quiet = simple.redirections().stream()
                .allMatch(r -> r.target()
                        .literal()
                        .filter(t -> t.equals("/dev/null") || t.equals("1") || t.equals("2"))
                        .isPresent());
        Optional<List<String>> words = literals(simple.words());
        return words.filter(
                w -> quiet && !w.isEmpty() && Paths.baseName(w.get(0)).equals("sv"));
    }

    private static Optional<SvCall> of(List<String> words, boolean hard) {
        int at = 1;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += words.get(at).equals("-w") ? 2 : 1;
        }
        if (at >= words.size() - 1) {
            return Optional.empty();
        }
        String command = words.get(at);
        List<String> services = new ArrayList<>();
        for (String service : words.subList(at + 1, words.size())) {
            String name = Paths.baseName(service);
            if (name.isEmpty() || service.startsWith(".")) {
                return Optional.empty();
            }
            services.add(name);
        }
        boolean starts = command.equals("start");
        return starts || command.equals("check") ? Optional.of(new SvCall(starts, services, hard)) : Optional.empty();
    }

    /** {@code || exit N} or {@code || true}. */
    private static Optional<String> otherwise(Clause clause) {
        if (clause.connector() != Connector.OR || !(clause.command() instanceof Simple simple)) {
            return Optional.empty();
        }
        return literals(simple.words())
                .filter(words -> !words.isEmpty())
                .map(words -> words.get(0).equals(":") ? "true" : words.get(0))
                .filter(name -> name.equals("exit") || name.equals("true"));
    }

    private static Optional<List<String>> literals(List<Word> words) {
        List<String> literals = new ArrayList<>();
        for (Word word : words) {
            Optional<String> literal = word.literal();
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            literals.add(literal.get());
        }
        return Optional.of(literals);
    }
}
