package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.runit.RunPlan.Dependency;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellScript;
import dev.pintle.convert.parse.shell.ShellScript.Clause;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import dev.pintle.convert.parse.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is certain of a script whatever the rest of it does. */
final class Facts {

    private Facts() {}

    /** The services that it waits for unconditionally: calls of sv that stand in no other command. */
    static List<Dependency> dependencies(ShellScript script, ServiceFile file) {
        List<Dependency> dependencies = new ArrayList<>();
        boolean endsOnFailure = Interpreter.of(script.text()).options().indexOf('e') >= 0;
        for (Statement statement : script.statements()) {
            endsOnFailure |= setsErrexit(statement);
            SvCall.of(statement, endsOnFailure)
                    .ifPresent(call -> dependencies.addAll(Dependencies.of(call, file, statement)));
        }
        return dependencies;
    }

    private static boolean setsErrexit(Statement statement) {
        return statement.clauses().get(0).command() instanceof Simple simple
                && simple.words().size() == 2
                && simple.words().get(0).isBare("set")
                && simple.words()
                        .get(1)
                        .literal()
                        .filter(o -> o.startsWith("-") && o.indexOf('e') > 0)
                        .isPresent();
    }

    static Statement lastStatement(ShellScript script) {
        return script.statements().get(script.statements().size() - 1);
    }

    /** Whether it ends with {@code exec pause}, alone or under {@code chpst -b NAME}. */
    static boolean pausesAtEnd(ShellScript script) {
        if (script.statements().isEmpty()) {
            return false;
        }
        List<Clause> clauses = lastStatement(script).clauses();
        if (clauses.size() != 1 || !(clauses.get(0).command() instanceof Simple simple)) {
            return false;
        }
        List<String> words = simple.words().stream().map(Facts::text).toList();
        int size = words.size();
        boolean bare = size == 2
                || (size == 5
                        && Paths.baseName(words.get(1)).equals("chpst")
                        && words.get(2).equals("-b"));
        return bare && words.get(0).equals("exec") && Set.of("pause").contains(Paths.baseName(words.get(size - 1)));
    }

    private static String text(Word word) {
        return word.literal().orElse("");
    }
}
