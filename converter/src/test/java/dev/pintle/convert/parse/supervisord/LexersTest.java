package dev.pintle.convert.parse.supervisord;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each expectation is what Python 3.11's shlex and {@code %} do with the same text. */
class LexersTest {

    private static List<String> words(String command) throws BadValueException {
        return ShellWords.split(Text.of(command)).stream().map(Text::toString).toList();
    }

    private static Map<String, Text> list(String text) throws BadValueException {
        return EnvironmentList.parse(Text.of(text), Version.V4, suspicion -> {});
    }

    private static Map<String, Text> texts(String... pairs) {
        Map<String, Text> map = new java.util.LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], Text.of(pairs[i + 1]));
        }
        return map;
    }

    private static String expand(String text) throws BadValueException {
        Map<String, Object> names = Map.of("here", Text.of("/etc"), "process_num", 7L, "a(b)", Text.of("nested"));
        return PercentFormat.expand(Text.of(text), names::get).toString();
    }

    @Test
    void wordsAreSplitAsShlexDoes() throws BadValueException {
        assertEquals(List.of("a", "b c", "d\"e", "f'\\g", ""), words(" a 'b c'\td\\\"e\n\"f'\\g\" ''"));
        assertEquals(List.of("x\\n", "$HOME", "~", "|", "#c"), words("\"x\\n\" $HOME ~ | #c"));
        assertEquals(List.of("ab\nc"), words("a'b\nc'"));
    }

    @Test
    void newerSupervisordReadsVariablesAsAShellDoes() throws BadValueException {
        assertEquals(texts("A", "a\"b", "B", "cd"), posix("A=\"a\\\"b\",B='c'\"d\""));
        assertEquals(texts("A", "x y", "B", "1", "C", "2"), posix("A=x\\ y,B=1#c\n,C=2"));
        assertEquals(texts("\u00e9", "1", "A", "it's"), posix("\u00e9=1,A='it'\"'\"'s'"));
        assertEquals(texts("A", "", "B", "ab cd", "C", "x\\y\\z"), posix("A=\"\",B=a\"b c\"d,C=\"x\\y\\\\z\""));
        assertEquals(texts("A", "http://x/z", "q", "1"), posix("A=http://x/z?q=1"));
        for (String bad : List.of("A=a@b", "A='x", "A=\"x", "A=x\\", "A=")) {
            assertThrows(BadValueException.class, () -> posix(bad), bad);
        }
    }

    private static Map<String, Text> posix(String text) throws BadValueException {
        return EnvironmentList.parse(Text.of(text), Version.V4_4, suspicion -> {});
    }

    @Test
    void unfinishedWordsAreRefused() {
        assertThrows(BadValueException.class, () -> words("a 'b"));
        assertThrows(BadValueException.class, () -> words("a \"b"));
        assertThrows(BadValueException.class, () -> words("a \\"));
    }

    @Test
    void variableIsOneOrdinaryCharacterOfAWord() throws BadValueException {
        Text command = new Text.Builder()
                .add(Text.of("run --p="))
                .add(Text.variable("P"))
                .add(Text.of(" 'a "))
                .add(Text.variable("Q"))
                .add(Text.of("'"))
                .build();
        List<Text> words = ShellWords.split(command);
        assertEquals(
                List.of("run", "--p=%(ENV_P)s", "a %(ENV_Q)s"),
                words.stream().map(Text::toString).toList());
        assertEquals(List.of("P"), words.get(1).variables());
    }

    @Test
    void environmentIsReadInStridesOfFourTokens() throws BadValueException {
        assertEquals(texts("A", "1", "B", "2"), list("A=1;B=2"));
        assertEquals(texts("A", "1", "B", "x y"), list("A=\"1\",\n B='x y',"));
        assertEquals(texts("C", "http://x/z", "q", "1"), list("C=http://x/z?q=1"));
        assertEquals(texts("A", "1"), list("A=1#c,B=2"));
        assertEquals(texts("A", "12"), list("A=1#c\n2"));
        assertEquals(texts("A", "it's"), list("A=\"it's\""));
        assertEquals(texts("A", "a\\"), list("A=\"a\\\""));
        assertEquals(texts("A", "hello"), list("A=hello world"));
        assertEquals(texts("A", "$"), list("A=$HOME"));
        assertEquals(texts(), list(""));
    }

    @Test
    void badEnvironmentIsRefused() {
        for (String text : List.of("A", "A=", "A=\"x\" B=\"y\"", "A=\"x", "A=a@b")) {
            assertThrows(BadValueException.class, () -> list(text), text);
        }
    }

    @Test
    void percentFormatIsPythons() throws BadValueException {
        assertEquals(
                "/etc 07 7 100% +7 [ 7] [7 ]",
                expand("%(here)s %(process_num)02d %(process_num)s 100%%"
                        + " %(process_num)+d [%(process_num)2d] [%(process_num)-2d]"));
        assertEquals("nested", expand("%(a(b))s"));
        assertEquals("[  /etc] [/e]", expand("[%(here)6s] [%(here).2s]"));
        assertEquals("0o7 0x7 0X7 +7", expand("%(process_num)#o %(process_num)#x %(process_num)#X %(process_num)+x"));
        assertEquals(
                "[  007] [+0007] [ 7] [7    ]",
                expand("[%(process_num)5.3d] [%(process_num)+05d]" + " [%(process_num) d] [%(process_num)-05d]"));
        assertEquals("7 7", expand("%(process_num)r %(process_num)a"));
    }

    @Test
    void badFormatsAreRefused() {
        for (String text : List.of(
                "100%", "%d", "%(here)d", "%(none)s", "%(here", "%(here)", "%USER%", "%5%", "%(here)%", "date +%s")) {
            assertThrows(BadValueException.class, () -> expand(text), text);
        }
    }

    @Test
    void numbersAreWhatPythonTakesForThem() throws BadValueException {
        assertEquals(10, Conversions.integer(" +1_0 "));
        assertEquals(12, Conversions.integer("\u0661\u0662\u00a0"));
        assertEquals(18, Conversions.octal("0o22"));
        assertEquals(18, Conversions.octal("022"));
        assertEquals(10L << 20, Conversions.size("10 MB"));
        assertEquals(7, Conversions.size("7"));
        for (String text : List.of("", "1__0", "_1", "1_", "0x1", "1.5", "5\u001c")) {
            assertThrows(BadValueException.class, () -> Conversions.integer(text), text);
        }
        assertThrows(BadValueException.class, () -> Conversions.size("1M"));
        assertThrows(BadValueException.class, () -> Conversions.size("1.5MB"));
        assertThrows(BadValueException.class, () -> Conversions.size("99999999999999GB"));
    }

    @Test
    void signalsHaveNamesAndNumbers() throws BadValueException {
        assertEquals(15, Conversions.signal("term"));
        assertEquals(15, Conversions.signal(" SIGTERM "));
        assertEquals(10, Conversions.signal("10"));
        assertEquals(29, Conversions.signal("POLL"));
        assertEquals(34, Conversions.signal("SIGRTMIN"));
        assertEquals(2, Conversions.signal("s\u0131gint"));
        for (String text :
                List.of("", "0", "33", "SIGNONE", "TERM INT", "RTMIN+1", "1000", "SIGSIGTERM", "SIG_IGN", "_DFL")) {
            assertThrows(BadValueException.class, () -> Conversions.signal(text), text);
        }
    }

    @Test
    void accountIsAUserOrAUserAndAGroup() throws BadValueException {
        for (String text : List.of("www", "www:www", "1000", "1000:0", "two words")) {
            assertEquals(text, Conversions.account(text));
        }
        for (String text : List.of("", ":", "a:", ":a", "a:b:c", "www\numask=022")) {
            assertThrows(BadValueException.class, () -> Conversions.account(text), text);
        }
    }
}
