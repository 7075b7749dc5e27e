package dev.pintle.convert.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.source.SourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellScriptTest {

    private static List<ShellCommand> commands(String text) {
        return ShellScript.commands(new SourceFile("x", text).whole());
    }

    private static List<String> shown(String text) {
        return commands(text).stream()
                .map(c -> String.join(
                        ",", c.words().stream().map(ShellWord::value).toList()))
                .toList();
    }

    @Test
    void operatorsPartCommands() {
        assertEquals(List.of("a,1", "b", "c", "d", "e", "f", "g"), shown("a 1 && b || c; d | e & ( f )\ng # h; i\n"));
    }

    @Test
    void quotesAndExpansionsAreOneWord() {
        assertEquals(
                List.of("a,b c,d\"e,$(f; g 'h)' \"i\"),${j:-k l},`m; n`,o p,q#r"),
                shown("a 'b c' \"d\\\"e\" $(f; g 'h)' \"i\") ${j:-k l} `m; n` o\\ p q#r"));
        assertEquals(List.of("a,bc"), shown("a b\\\nc"));
    }

    @Test
    void redirectionsAreNoArguments() {
        assertEquals(
                List.of("a", "b"),
                commands("a >x 2>&1 <<E b\nsupervisord\nE\n").get(0).arguments().stream()
                        .map(ShellWord::value)
                        .toList());
        assertEquals(List.of("a,<<E", "c"), shown("a <<E\nb\nE\nc"));
        assertEquals(List.of("a,&>x,<(b; c)"), shown("a &>x <(b; c)"));
    }

    @Test
    void patternsOfCaseAreNoCommands() {
        List<ShellCommand> commands = commands("case $1 in\nsupervisord|x) a;;\n*) b;;\nesac\n");
        assertEquals(
                List.of("x", "*"),
                commands.stream()
                        .filter(ShellCommand::isPattern)
                        .map(c -> c.words().get(c.words().size() - 1).value())
                        .toList());
    }

    @Test
    void wrappersAreSeenThrough() {
        Invocation invocation = Invocation.of(commands("A=1 exec sudo -E -u x /sbin/tini -g -- gosu u /usr/bin/p -n")
                .get(0)
                .arguments());
        assertEquals("p", invocation.program());
        assertEquals(1, invocation.first());
        assertTrue(invocation.isExec() && invocation.hasSmallInit());
        assertEquals(
                List.of("A=1", "exec", "sudo", "-E", "-u", "x", "gosu", "u"),
                invocation.prefix().stream().map(ShellWord::value).toList());
    }

    @Test
    void nothingHangsAndPlacesAreInOrder() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (long seed = 0; seed < 20_000; seed++) {
                placesAreInOrder(new Random(seed));
            }
        });
    }

    private static void placesAreInOrder(Random random) {
        String characters = "ab \n\t'\"\\$(){}`<>&|;#=-1E";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        String script = text.toString();
        int at = 0;
        for (ShellCommand command : commands(script)) {
            for (ShellWord word : command.words()) {
                assertTrue(word.start() >= at && word.end() >= word.start(), script);
                at = word.end();
            }
            Invocation.of(command.arguments());
        }
    }
}
