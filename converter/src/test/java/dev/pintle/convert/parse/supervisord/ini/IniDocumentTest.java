package dev.pintle.convert.parse.supervisord.ini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pintle.convert.read.LineScanner;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.ScannedFile;
import dev.pintle.convert.read.ScannedFile.Option;
import dev.pintle.convert.read.ScannedFile.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IniDocumentTest {

    private static IniDocument document(String... texts) {
        IniDocument document = new IniDocument();
        for (String text : texts) {
            document.add(LineScanner.scan("f", text));
        }
        return document;
    }

    @Test
    void lastOfEqualKeysWinsAcrossSectionsAndFiles() {
        IniDocument document = document("[a]\nx=1\ny=1\n[b]\nz=1\n[a]\nx=2\n", "[a]\ny=3\n");
        assertEquals("2", document.get("a", "x"));
        assertEquals("3", document.get("a", "y"));
        assertEquals(List.of("a", "b"), document.sections());
        assertEquals(5, document.occurrences().size());
    }

    @Test
    void defaultSectionIsInheritedAndIsNoSection() {
        IniDocument document = document("[DEFAULT]\nuser=app\n[a]\nx=1\n[default]\nq=1\n");
        assertEquals("app", document.get("a", "user"));
        assertEquals(List.of("a", "default"), document.sections());
        assertNull(document.get("a", "q"));
    }

    @Test
    void whatAnIniParserWouldMisreadArrivesAsItIs() {
        IniDocument document = document("[a/b\\c]\n[x=1\ncommand=a\\\n b \\t \"c\" <inc> ;d\n");
        assertEquals("a\\\nb \\t \"c\" <inc>", document.get("a/b\\c", "command"));
        assertEquals("1", document.get("a/b\\c", "[x"));
    }

    /** Texts of the characters that INI parsers care for, from a seed that the message names. */
    @Test
    void anyTextSurvives() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Position at = new Position("f", 1, 1);
            Map<String, Map<String, String>> expected = new LinkedHashMap<>();
            List<Section> sections = new ArrayList<>();
            for (int s = 0; s < 3; s++) {
                List<Option> options = new ArrayList<>();
                String name = text(random, 1);
                for (int o = 0; o < 4; o++) {
                    Option option = new Option(text(random, 1), text(random, 0), at, List.of(at));
                    options.add(option);
                    expected.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(option.key(), option.value());
                }
                sections.add(new Section(name, at, options));
            }
            IniDocument document = new IniDocument();
            document.add(new ScannedFile("f", sections, List.of()));
            expected.forEach((section, options) ->
                    options.forEach((key, value) -> assertEquals(value, document.get(section, key))));
            assertFalse(document.has("no such"), "seed " + seed);
        }
    }

    private static String text(Random random, int least) {
        String characters = "ab \t\n\r\\u0=:;#[]<>\"'/%$\u00e9\u0085\u2028\uFEFF\u0000\uD83D";
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(8) + least; i > 0; i--) {
            out.append(characters.charAt(random.nextInt(characters.length())));
        }
        return out.toString();
    }
}
