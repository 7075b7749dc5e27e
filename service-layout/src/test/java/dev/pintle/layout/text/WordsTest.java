package dev.pintle.layout.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.text.ConfText.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words as a POSIX shell splits them; a real one is asked too. */
class WordsTest {

    private final Diagnostics diagnostics = new Diagnostics();

    private @Nullable List<String> words(String value) {
        Entry entry = ConfText.read("f", "command = " + value, diagnostics)
                .get(0)
                .entries()
                .get("command");
        Map<String, String> variables = Map.of(
                "A",
                "a",
                "TWO",
                "a 'b",
                "EMPTY",
                "",
                "ARGS",
                " -v  '--name=x y' \\$$ $A \"$B\" ",
                "ONE",
                "-x",
                "BLANK",
                " ");
        return Words.read(
                entry == null ? SourceText.of("f", "") : entry.value(), new Interpolation(variables), diagnostics);
    }

    /** The words joined by |. */
    private void splits(String value, String expected) {
        List<String> words = words(value);
        assertEquals(expected, words == null ? "error" : String.join("|", words));
        assertEquals(List.of(), diagnostics.sorted());
    }

    @Test
    void whiteSpaceSeparates() {
        splits("a  b\tc\n  d", "a|b|c|d");
    }

    @Test
    void quotesProtect() {
        splits("'a b' \"c d\" e' 'f", "a b|c d|e f");
        splits("'' \"\" x", "||x");
        splits("'\\a\"' \"it's\"", "\\a\"|it's");
    }

    @Test
    void backslashesProtect() {
        splits("a\\ b \\' \\\\ \"\\\"\\\\\\`\\a\"", "a b|'|\\|\"\\`\\a");
    }

    @Test
    void aBackslashBeforeANewlineJoinsLines() {
        splits("a \\\n  b\\\n  c \"d\\\n  e\"", "a|bc|de");
    }

    @Test
    void newlinesInQuotesStay() {
        splits("sh -c\n  'a\n    b'", "sh|-c|a\n  b");
    }

    @Test
    void aVariablesValueStaysOneWord() {
        splits("x $TWO \"$TWO\" '${TWO}' -o=$TWO", "x|a 'b|a 'b|a 'b|-o=a 'b");
    }

    @Test
    void interpolationHappensInQuotesOfEitherKind() {
        splits("'$A' \"$A\" '$$A' \"$$A\" \\$A \"\\$A\" '\\$A'", "a|a|$A|$A|$A|$A|\\a");
    }

    @Test
    void bracesAreTakenWhole() {
        splits("${NO:-a b} '${NO:-it's}' \"${NO:-\"}\"", "a b|it's|\"");
    }

    @Test
    void aWordOfEmptyVariablesIsNoneUnlessQuoted() {
        splits("x $EMPTY ${EMPTY}$EMPTY ${NO:-} \"$EMPTY\" y", "x||y");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a \"b, 1:13",
                "it''''s a 'b, 1:21",
                "a \\, 1:13",
                "a ${NO, 1:13",
                "'a' x\\ ${1} b, 1:18",
            })
    void errorsHaveTheirPlace(String value, String place) {
        assertNull(words(value));
        Diagnostic diagnostic = diagnostics.sorted().get(0);
        assertEquals(place, diagnostic.line() + ":" + diagnostic.column());
        assertEquals(1, diagnostics.sorted().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "||", "&&", "&", ";", ">", ">>", "<", "2>&1", ">file", "a;", "&>x", "2>/dev/null"})
    void operatorsAreWarnedOf(String word) {
        assertEquals(List.of("x", word, "y"), words("x " + word + " y"));
        Diagnostic diagnostic = diagnostics.sorted().get(0);
        assertEquals("shell-operator", diagnostic.code());
        assertEquals(Diagnostic.Severity.WARNING, diagnostic.severity());
        assertEquals("for a shell, write sh -c '…'", diagnostic.hint());
        assertEquals(13, diagnostic.column());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'|'", "\\;", "\"&&\"", "http://h/?a=1&b=2", "a|b", "-->", "2", "a#b"})
    void whatIsQuotedOrWithinAWordIsNoOperator(String word) {
        words("x " + word);
        assertEquals(List.of(), diagnostics.sorted());
    }

    @Test
    void aCommentInACommandIsWarnedOf() {
        assertEquals(List.of("x", "#", "comment"), words("x # comment"));
        assertEquals("comment-in-command", diagnostics.sorted().get(0).code());
    }

    @Test
    void aShellSplitsTheSame() throws IOException, InterruptedException {
        Random random = new Random(20_261_123);
        StringBuilder script = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        int compared = 0;
        for (int i = 0; i < 3000; i++) {
            String command = randomCommand(random);
            Diagnostics ignored = new Diagnostics();
            List<String> words = Words.read(SourceText.of("f", command), new Interpolation(Map.of()), ignored);
            if (words != null) {
                script.append("p ").append(command).append('\n');
                for (String word : words) {
                    expected.append('<').append(word).append('>');
                }
                expected.append('\n');
                compared++;
            }
        }
        assertTrue(compared > 1000, "compared " + compared);
        assertEquals(
                expected.toString(), shell("p() { for w; do printf '<%s>' \"$w\"; done; printf '\\n'; }\n" + script));
    }

    private static String randomCommand(Random random) {
        StringBuilder command = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            command.append("ab  ''\"\"\\".charAt(random.nextInt(9)));
        }
        return command.append(" .").toString();
    }

    private static String shell(String script) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("/bin/sh").redirectErrorStream(true).start();
        Thread thread = new Thread(() -> {
            try (var input = process.getOutputStream()) {
                input.write(script.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        thread.join();
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @Test
    void aVariableThatIsSplitIsAnyNumberOfWords() {
        splits("x ${=ARGS} y", "x|-v|--name=x y|$$|$A|$B|y");
        splits("x ${=EMPTY} y", "x|y");
        splits("x ${=BLANK}", "x");
        splits("${=ONE}", "-x");
        splits("x ${=ONE?} ${=ONE:-z} ${=EMPTY:-a b} ${=NONE-'c d'} ${=NONE:+e}", "x|-x|-x|a|b|c d");
    }

    @Test
    void whatStandsBesideASplitVariableJoinsItsFirstAndItsLastWord() {
        splits("--a=${=ARGS}b", "--a=|-v|--name=x y|$$|$A|$B|b");
        splits("--a=${=ONE}${=ONE} b", "--a=-x-x|b");
        splits("'a b'${=ONE}\"c\" ${A}", "a b-xc|a");
    }

    @Test
    void twoSplitVariablesKeepThePlacesOfLaterMistakes() {
        assertNull(words("x ${=ARGS} ${=ONE} ${NONE?} 'y"));
        assertEquals(
                List.of(
                        "f:1:30: error: cannot interpolate '${NONE}': required variable is not set (set NONE in the"
                                + " container's environment)",
                        "f:1:39: error: cannot split command: the quote ' is not closed"),
                diagnostics.sorted().stream().map(Diagnostic::text).toList());
    }

    @Test
    void aMistakeInAValueStandsWhereTheVariableDoes() {
        assertNull(words("xy ${=TWO}"));
        assertEquals(
                "f:1:14: error: cannot split command: the quote ' is not closed",
                diagnostics.sorted().get(0).text());
    }

    @Test
    void aRequiredVariableThatIsSplitIsMissed() {
        assertNull(words("x ${=NONE?} ${=NONE:?tell me} ${=A"));
        assertEquals(
                List.of("required-variable 13", "required-variable 23", "bad-quoting 41"),
                diagnostics.sorted().stream()
                        .map(d -> d.code() + " " + d.column())
                        .toList());
    }

    @Test
    void nothingIsSplitInQuotes() {
        assertNull(words("x \"${=ARGS}\""));
        assertEquals("bad-interpolation", diagnostics.sorted().get(0).code());
    }

    @Test
    void valuesThatAreSplitCannotGrowWithoutBound() {
        String text = "x" + " ${=LONG}".repeat(60);
        assertNull(
                Words.read(SourceText.of("f", text), new Interpolation(Map.of("LONG", "y".repeat(3000))), diagnostics));
        assertTrue(diagnostics.sorted().get(0).message().contains("longer than"));
    }

    @Test
    void noMoreVariablesAreSplitThanAreCopiedInAShortTime() {
        Interpolation interpolation = new Interpolation(Map.of("A", "a b"));
        List<String> words = Words.read(SourceText.of("f", "x" + " ${=A}".repeat(64)), interpolation, diagnostics);
        assertEquals(129, words == null ? 0 : words.size());
        assertNull(Words.read(SourceText.of("f", "x" + " ${=A}".repeat(65)), interpolation, diagnostics));
        assertTrue(diagnostics.sorted().get(0).message().contains("more than 64 variables that are split"));
    }
}
