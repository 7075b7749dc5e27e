package dev.pintle.layout.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordTableTest {

    private static final String TABLE = """
            one uno un: the first: NAME
            two: the second
            twofold due: twice
            """;

    @ParameterizedTest
    @CsvSource({"one, the first: NAME", "un, the first: NAME", "two, the second", "twofold, twice", "due, twice"})
    void findsWholeWords(String word, String meaning) {
        assertEquals(meaning, WordTable.find(TABLE, word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":",
                "on",
                "ones",
                "wo",
                "first",
                "the",
                "one uno",
                "twofold due",
                "un:",
                "two: the second",
                "\n"
            })
    void takesNothingElseForAWord(String word) {
        assertNull(WordTable.find(TABLE, word));
    }

    @Test
    void findsNothingInATableWithoutLines() {
        assertNull(WordTable.find("", "one"));
    }

    @Test
    void fillsANameIn() {
        assertEquals("the first: x", WordTable.fill("the first: NAME", "x"));
        assertEquals("services/a/b runs", WordTable.fill("services/NAME runs", "a/b"));
        assertEquals("twice", WordTable.fill("twice", "x"));
    }
}
