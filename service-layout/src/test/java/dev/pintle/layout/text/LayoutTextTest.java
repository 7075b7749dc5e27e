package dev.pintle.layout.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.text.ConfText.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written reads back as what it was. */
class LayoutTextTest {

    private static final String ALPHABET = "ab  \t\n\n\r'\"\\`$${}#;=[]|&<>*?~!:-_/é\udc80";

    private static Entry read(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Entry entry = ConfText.read("f", text + "after = 1\n", diagnostics)
                .get(0)
                .entries()
                .get("key");
        assertEquals(List.of(), diagnostics.sorted(), text);
        return Objects.requireNonNull(entry);
    }

    private static void roundTrip(List<String> words) {
        String text = LayoutText.entry("key", LayoutText.command(words));
        Diagnostics diagnostics = new Diagnostics();
        assertEquals(words, Words.read(read(text).value(), new Interpolation(Map.of()), diagnostics), text);
        assertEquals(List.of(), diagnostics.sorted(), text);
    }

    private static String random(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @Test
    void anyWordsReadBack() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            List<String> words = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                words.add(random(random, 8));
            }
            roundTrip(words);
        }
    }

    @Test
    void anyVariableReadsBack() {
        for (int seed = 0; seed < 20_000; seed++) {
            String literal = random(new Random(seed), 10);
            String text = LayoutText.entry("key", LayoutText.environment(LayoutText.escape(literal)));
            String template = read(text).value().text();
            String unquoted = Words.unquote(template);
            Diagnostics diagnostics = new Diagnostics();
            assertEquals(
                    literal,
                    new Interpolation(Map.of())
                            .interpolate(unquoted == null ? template : unquoted, diagnostics.at(Position.of("f"))),
                    text);
        }
    }

    @Test
    void whatIsPlainReadsBack() {
        int plain = 0;
        for (int seed = 0; seed < 5000; seed++) {
            String template = LayoutText.escape(random(new Random(seed), 6));
            if (LayoutText.isPlain(template)) {
                plain++;
                assertEquals(
                        template,
                        read(LayoutText.entry("key", LayoutText.plain(template)))
                                .value()
                                .text());
            } else {
                assertThrows(IllegalArgumentException.class, () -> LayoutText.plain(template));
            }
        }
        assertTrue(plain > 1000, "plain " + plain);
    }

    @Test
    void durationsReadBack() throws BadValueException {
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            long millis = random.nextLong(1_000_000_000L);
            assertEquals(millis, Values.duration(LayoutText.duration(millis)));
        }
        assertEquals("10s", LayoutText.duration(10_000));
        assertEquals("1500ms", LayoutText.duration(1500));
        assertEquals("0s", LayoutText.duration(0));
        assertEquals("2m", LayoutText.duration(120_000));
        assertEquals("1h", LayoutText.duration(3_600_000));
    }

    @Test
    void sizesReadBack() throws BadValueException {
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            long bytes = random.nextLong(1L << 20) << random.nextInt(30);
            assertEquals(bytes, Values.size(LayoutText.size(bytes)));
        }
        assertEquals("50m", LayoutText.size(50 << 20));
        assertEquals("1000000", LayoutText.size(1_000_000));
        assertEquals("0", LayoutText.size(0));
        assertEquals("1k", LayoutText.size(1024));
    }

    @Test
    void simpleWordsStandAsTheyAre() {
        assertEquals("nginx -g 'daemon off;'", LayoutText.command(List.of("nginx", "-g", "daemon off;")));
        assertEquals(
                "echo \"it's\" '' a=b,c:/d@e%f+g", LayoutText.command(List.of("echo", "it's", "", "a=b,c:/d@e%f+g")));
        assertEquals("awk '{print $$1}'", LayoutText.command(List.of("awk", "{print $1}")));
    }

    @Test
    void aScriptStandsAsItIs() {
        assertEquals(
                "command = sh -c\n    'a\n\n      b\n    ' x\n",
                LayoutText.entry("command", LayoutText.command(List.of("sh", "-c", "a\n\n  b\n", "x"))));
    }

    @Test
    void variablesInTemplatesStay() {
        assertEquals(
                "serve --port=${PORT:-80 or so} \"$A\" \"x ${B:?it's \\ \"needed\"} \\\"y\"",
                LayoutText.words(List.of("serve", "--port=${PORT:-80 or so}", "$A", "x ${B:?it's \\ \"needed\"} \"y")));
    }

    @Test
    void templatesReadBackToWhatTheyMean() {
        Interpolation interpolation = new Interpolation(Map.of("A", "a b", "E", ""));
        List<String> templates = List.of("${A}", "$E", "x y $A'", "${NO:-it's \"so\" \\ {}}", "$$A ${A:+\n}z");
        String text = LayoutText.entry("key", LayoutText.words(templates));
        assertEquals(
                List.of("a b", "", "x y a b'", "it's \"so\" \\ {}", "$A \nz"),
                Words.read(read(text).value(), interpolation, new Diagnostics()));
    }

    @Test
    void valuesOfSeveralLinesAreNotPlain() {
        assertFalse(LayoutText.isPlain("a\nb"));
        assertFalse(LayoutText.isPlain(""));
        assertFalse(LayoutText.isPlain(" a"));
        assertTrue(LayoutText.isPlain("a b"));
        assertEquals("a, b", LayoutText.list(List.of("a", "b")));
        assertEquals("key =\n", LayoutText.entry("key", ""));
    }

    @Test
    void whatIsToBeSplitStaysOutsideOfQuotes() {
        assertEquals("x ${=ARGS?}", LayoutText.words(List.of("x", "${=ARGS?}")));
        assertEquals("'a b'${=ARGS?}--c ${=A}${=B}", LayoutText.words(List.of("a b${=ARGS?}--c", "${=A}${=B}")));
        assertEquals("\"${P?}\"${=ARGS?} '$${=x'", LayoutText.words(List.of("${P?}${=ARGS?}", "$${=x")));
    }
}
