package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.log.TimeReader;
import dev.pintle.init.program.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words after a command mean. */
final class ArgumentsTest {

    private static Arguments parse(Command command, String... words) throws UsageException {
        return Arguments.parse(command, List.of(words));
    }

    @Test
    void aValueIsJoinedInEveryWay() throws UsageException {
        assertEquals(5, parse(Command.LOGS, "--tail", "5").tail);
        assertEquals(5, parse(Command.LOGS, "--tail=5").tail);
        assertEquals(5, parse(Command.LOGS, "-n", "5").tail);
        assertEquals(5, parse(Command.LOGS, "-n5").tail);
        assertEquals(5, parse(Command.LOGS, "-fn5").tail);
    }

    @Test
    void linesAreChosenByDurationsAndTimes() throws UsageException {
        LogRange range = parse(Command.LOGS, "--since=1m30s", "--until", "1970-01-01T01:00:00Z")
                .range(100_000_000_000L);
        assertEquals(10_000_000_000L, range.since());
        assertEquals(3_600_000_000_000L, range.until());
        assertTrue(range.has(10_000_000_000L) && !range.has(9_999_999_999L) && !range.has(TimeReader.UNKNOWN));
        assertEquals(Integer.MAX_VALUE, range.most(true));
        assertEquals(100, range.most(false));
        assertEquals(5, parse(Command.LOGS, "--since=1s", "-n5").range(0).most(true));
        assertTrue(parse(Command.LOGS).range(0).has(TimeReader.UNKNOWN));
        for (String word : List.of("soon", "", "10", "1970-01-01T01:00:00Zx", "10y", "1970-01-32")) {
            assertThrows(
                    UsageException.class,
                    () -> parse(Command.LOGS, "--since", word).range(0));
        }
    }

    @Test
    void everyCommandTakesThemInEveryWay() throws UsageException {
        for (Command command : List.of(Command.START, Command.STOP, Command.RESTART, Command.RELOAD, Command.WAIT)) {
            assertEquals(1000, parse(command, "web", "--timeout=1s").timeout);
            assertEquals(1000, parse(command, "--timeout", "1s", "web").timeout);
        }
        assertEquals("healthy", parse(Command.WAIT, "--for=healthy").state);
        assertTrue(parse(Command.CHECK, "--format=json").json);
    }

    @Test
    void optionsMayStandAnywhereBeforeTwoDashes() throws UsageException {
        Arguments arguments = parse(Command.LOGS, "web", "-f", "-", "--tail=all", "--", "-f", "--x");
        assertEquals(List.of("web", "-", "-f", "--x"), arguments.words);
        assertTrue(arguments.follow);
        assertEquals(Integer.MAX_VALUE, arguments.tail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--for=x", "--tail=5", "-n5", "--json=1", "--layout", "-x", "--format", "--format=xml"})
    void whatCheckHasNotIsAMistake(String word) {
        assertThrows(UsageException.class, () -> parse(Command.CHECK, word));
    }

    @Test
    void helpIsAnswered() throws UsageException {
        assertTrue(parse(Command.VERSION, "-h").help);
        assertTrue(parse(Command.SIGNAL, "web", "--help").help);
    }
}
