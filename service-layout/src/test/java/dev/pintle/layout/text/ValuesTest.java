package dev.pintle.layout.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10, 10000",
        "250ms, 250",
        "10s, 10000",
        "5m, 300000",
        "1h, 3600000",
        "1m30s, 90000",
        "1.5s, 1500",
        "0.5, 500",
        ".5s, 500",
        "1.001s, 1001",
        "277777h, 999997200000"
    })
    void durations(String text, long millis) throws BadValueException {
        assertEquals(millis, Values.duration(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "-1s",
                "1 s",
                "1d",
                "1S",
                "1m30",
                ".",
                "1.",
                ".s",
                "0.0001s",
                "1..5s",
                "999999999999h",
                "1000000000001ms",
                "99999999999999999999s",
                "1e3",
                "1.00000000000000000001h"
            })
    void badDurations(String text) {
        assertThrows(BadValueException.class, () -> Values.duration(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "64k, 65536", "10M, 10485760", "1g, 1073741824", "1GB, 1073741824", "7b, 7"})
    void sizes(String text, long bytes) throws BadValueException {
        assertEquals(bytes, Values.size(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "1t", "1.5m", "1 k", "9999999999999999999", "99999999999999999g"})
    void badSizes(String text) {
        assertThrows(BadValueException.class, () -> Values.size(text));
    }

    @Test
    void booleans() throws BadValueException {
        for (String text : List.of("yes", "true", "on", "1", "YES", "True")) {
            assertEquals(true, Values.bool(text));
        }
        for (String text : List.of("no", "false", "off", "0", "No")) {
            assertEquals(false, Values.bool(text));
        }
        for (String text : List.of("", "y", "2", "yes no")) {
            assertThrows(BadValueException.class, () -> Values.bool(text));
        }
    }

    @Test
    void octal() throws BadValueException {
        assertEquals(022, Values.octal("022", 0777));
        assertEquals(0777, Values.octal("0777", 0777));
        for (String text : List.of("", "8", "1000", "0x1", "-1", "0000000")) {
            assertThrows(BadValueException.class, () -> Values.octal(text, 0777));
        }
    }

    @Test
    void integers() throws BadValueException {
        assertEquals(-20, Values.integer("-20", -20, 19));
        assertEquals(19, Values.integer("+19", -20, 19));
        for (String text : List.of("", "-", "20", "-21", "1.5", "99999999999999999999")) {
            assertThrows(BadValueException.class, () -> Values.integer(text, -20, 19));
        }
    }

    @Test
    void listsAreSeparatedByCommasWhiteSpaceOrBoth() {
        assertEquals(
                List.of(
                        new Values.Item("a", 0),
                        new Values.Item("b", 2),
                        new Values.Item("c", 6),
                        new Values.Item("d", 8)),
                Values.items("a,b , c\nd,,"));
        assertEquals(List.of(), Values.items(" , "));
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, 15",
        "SIGTERM, 15",
        "sigterm, 15",
        "term, 15",
        "15, 15",
        "64, 64",
        "IOT, 6",
        "CLD, 17",
        "POLL, 29",
        "RTMIN, 34",
        "SIGRTMIN+3, 37",
        "RTMAX, 64",
        "RTMAX-30, 34",
        "WINCH, 28",
        "SYS, 31"
    })
    void signals(String text, int number) {
        assertEquals(number, Signals.number(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "65",
                "-1",
                "SIG",
                "TERMINATE",
                "RTMIN-1",
                "RTMAX+1",
                "RTMIN+31",
                "RTMIN+",
                "RTMIN3",
                "99999999999"
            })
    void noSignals(String text) {
        assertEquals(-1, Signals.number(text));
    }

    @Test
    void everySignalHasANameThatReadsBack() {
        for (int number = 1; number <= Signals.MAX; number++) {
            assertEquals(number, Signals.number(Signals.name(number)));
        }
        assertEquals("RTMIN+1", Signals.name(35));
        assertEquals("32", Signals.name(32));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "comand, command",
                "commnad, command",
                "Command, command",
                "stop-signal, stop_signal",
                "usr, user",
                "restart_, restart",
                "xyzzy, -",
                "'', -",
            })
    void nearest(String word, String expected) {
        assertEquals(expected, Nearest.find(word, List.of("command", "user", "restart", "stop_signal")));
    }

    @Test
    void aVeryLongWordIsNearNothing() {
        assertEquals(null, Nearest.find("x".repeat(1000), List.of("x".repeat(1000))));
    }
}
