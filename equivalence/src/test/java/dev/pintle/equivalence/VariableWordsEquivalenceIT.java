package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A variable of several words: supervisord puts it into the command and splits that, {@code ${=NAME}} is to be the same. */
class VariableWordsEquivalenceIT {

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "one",
            "two words",
            "  blanks   around  ",
            "tab\there",
            "line\nbreak",
            "'a b' c",
            "\"a b\" c",
            "a'b c'd",
            "''",
            "\"\" x",
            "back\\ slash",
            "\"in \\\" quotes\"",
            "'in \\ quotes'",
            "$HOME ${HOME} $$",
            "%d %(x)s",
            "--a=1 --b='2 3'",
            "a;b # c | d > e *",
            "é ü");

    /** The variable alone, with a name that tells nothing; and inside a word, with one that tells of several. */
    private static final List<String> COMMANDS =
            List.of("first %(ENV_V%d)s last", "%(ENV_V%d)s", "--with=%(ENV_V%d_ARGS)s last");

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        Machine.require("supervisord", "unshare", "gcc");
    }

    @Test
    void valuesAreSplitAsSupervisordSplitsThem() throws IOException, InterruptedException {
        List<String> sections = new ArrayList<>();
        Map<String, String> environment = new TreeMap<>();
        Set<String> names = new TreeSet<>();
        for (int value = 0; value < VALUES.size(); value++) {
            environment.put("V" + value, VALUES.get(value));
            environment.put("V" + value + "_ARGS", VALUES.get(value));
            for (int command = 0; command < COMMANDS.size(); command++) {
                String name = "v" + value + "c" + command;
                names.add(name);
                sections.add("[program:" + name + "]\ncommand=/probe /equivalence/records " + name + " wait "
                        + COMMANDS.get(command).replace("%d", String.valueOf(value)) + "\n");
            }
        }
        Pair.Seen seen = new Pair(directory).runSupervisord(sections, names, environment, 500);
        List<String> wrong = new ArrayList<>();
        Set<Integer> counts = new TreeSet<>();
        for (String name : names) {
            List<String> before = words(seen.before(), name);
            List<String> after = words(seen.after(), name);
            counts.add(before.size());
            if (before.isEmpty() || !before.equals(after)) {
                wrong.add(name + ": the words were " + before + " and are " + after);
            }
        }
        assertEquals(
                List.of(), wrong, () -> String.join("\n", wrong) + seen.after().stderr());
        assertTrue(counts.size() > 5, () -> "the values were not split: " + counts);
    }

    private static List<String> words(Observation seen, String name) {
        return seen.records().getOrDefault(name, List.of()).stream()
                .findFirst()
                .map(record -> record.all("argv"))
                .orElse(List.of());
    }
}
