package dev.pintle.convert.parse.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.parse.shell.ShellScript.Clause;
import dev.pintle.convert.parse.shell.ShellScript.Compound;
import dev.pintle.convert.parse.shell.ShellScript.Connector;
import dev.pintle.convert.parse.shell.ShellScript.Redirection;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellParserTest {

    private static List<Statement> statements(String text) throws ShellException {
        return ShellParser.parse(text).statements();
    }

    private static Simple simple(String text) throws ShellException {
        return (Simple) statements(text).get(0).clauses().get(0).command();
    }

    private static List<String> literals(String text) throws ShellException {
        return simple(text).words().stream()
                .map(word -> word.literal().orElse("?"))
                .toList();
    }

    /** Compound commands by their names, plain ones by their first words. */
    private static String shape(String text) throws ShellException {
        return statements(text).stream()
                .flatMap(statement -> statement.clauses().stream())
                .map(clause -> clause.command() instanceof Compound compound
                        ? compound.what()
                        : ((Simple) clause.command()).words().get(0).literal().orElse("?"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void quotesAndBackslashesMakeWords() throws ShellException {
        assertEquals(
                List.of("a b", "c'd", "e\"f", "g h", "$x", "", "back\\slash", "joined", "#no"),
                literals("'a b' \"c'd\" 'e\"f' g\\ h '$x' '' back\\\\slash joi\\\nned '#'no # a comment"));
        assertEquals(List.of("a", "$HOME \\n `x`"), literals("a \"\\$HOME \\n \\`x\\`\""));
    }

    @Test
    void whatOnlyAShellKnowsIsNoLiteral() throws ShellException {
        assertEquals(
                List.of("?", "?", "?", "?", "?", "?", "?", "?", "[", "{}"),
                literals("$x \"$x\" $(a 'b)' \")\") `c` * [ab] ~/x {a,b} [ {}"));
    }

    @Test
    void variablesHaveNamesOperatorsAndArguments() throws ShellException {
        Word.Variable variable = (Word.Variable)
                simple("\"${PORT:-80${X}}\"").words().get(0).parts().get(1);
        assertEquals("PORT", variable.name());
        assertEquals(":-", variable.operator());
        assertTrue(variable.quoted());
        assertEquals(2, variable.argument().parts().size());
        assertTrue(simple("${x%%y}").words().get(0).parts().get(0) instanceof Word.Dynamic, "a pattern is cut off");
        assertTrue(simple("${#x}").words().get(0).parts().get(0) instanceof Word.Dynamic, "a length");
        assertTrue(simple("$1").words().get(0).parts().get(0) instanceof Word.Dynamic, "a parameter");
    }

    @Test
    void assignmentsStandBeforeTheCommand() throws ShellException {
        Simple command = simple("A=1 B=\"2 3\" run C=4 'D'=5");
        assertEquals(
                List.of("A", "B"),
                command.assignments().stream().map(a -> a.name()).toList());
        assertEquals(
                List.of("run", "C=4", "D=5"),
                command.words().stream().map(w -> w.literal().orElse("?")).toList());
        assertEquals(List.of("9=x"), literals("9=x"));
    }

    @Test
    void redirectionsHaveDescriptors() throws ShellException {
        List<Redirection> redirections =
                simple("exec 2>&1 </dev/null >>log 3<>x 12>y").redirections();
        assertEquals(
                List.of("2>&", "0<", "1>>", "3<>", "12>"),
                redirections.stream().map(r -> r.descriptor() + r.operator()).toList());
    }

    @Test
    void listsHaveConnectors() throws ShellException {
        Statement statement = statements("a && ! b ||\n c; d &").get(0);
        assertEquals(
                List.of(Connector.FIRST, Connector.AND, Connector.OR),
                statement.clauses().stream().map(Clause::connector).toList());
        assertTrue(statement.clauses().get(1).negated());
        assertTrue(statements("a; b &").get(1).background());
    }

    @Test
    void compoundCommandsAreDelimited() throws ShellException {
        assertEquals("if a", shape("if x; then if y\nthen z; fi; else { q; }; fi >log 2>&1\na"));
        assertEquals("case a", shape("case $x in (a|b) c;; *) case y in z) ;; esac;; esac\na"));
        assertEquals(
                "for while until a",
                shape("for i in do done; do x; done\nwhile a; do b; done; until c\ndo d\ndone\na"));
        assertEquals("subshell { a", shape("(a; (b)) \n { c; }\na"));
        assertEquals("function function a", shape("f() { if x; then y; fi; }\nfunction g\n{ z; }\na"));
        assertEquals("pipeline a", shape("x | while read y; do z; done\na"));
        assertEquals("[[ a", shape("[[ $x =~ ^(a|b)$ && -f if ]]\na"));
        assertEquals("[ compound a", shape("[ -d x ] || { mkdir x; }\na").replace("{", "compound"));
    }

    @Test
    void hereDocumentsAreNoCommands() throws ShellException {
        assertEquals("cat a", shape("cat <<END; \nif then ( \" '\nEND\na"));
        assertEquals("cat a", shape("cat <<-'E F' >x\n\tif\n\t\tE F\na"));
    }

    @Test
    void positionsAreThoseOfTheText() throws ShellException {
        String text = "# c\n  exec  app 'x' # d\n";
        Statement statement = statements(text).get(0);
        assertEquals("exec  app 'x'", text.substring(statement.start(), statement.end()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'x",
                "\"x",
                "`x",
                "$(x",
                "${x",
                "a \\",
                "if x; then y",
                "case x in a) b",
                "( a",
                "a )",
                "a ;; b",
                "&& a",
                "a >",
                "a | | b",
                "cat <<E\nx",
                "f( a",
                "${x:-${x:-'}}",
                "case x"
            })
    void whatNoShellReadsIsRefused(String text) {
        assertThrows(ShellException.class, () -> ShellParser.parse(text));
    }

    @Test
    void nestingIsBounded() {
        assertThrows(ShellException.class, () -> ShellParser.parse("${x:-".repeat(5000) + "}".repeat(5000)));
        assertThrows(ShellException.class, () -> ShellParser.parse("\"${x:-".repeat(5000)));
    }
}
