package dev.pintle.s6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExeclineTest {

    private static List<String> words(String text) throws Execline.SyntaxException {
        return shown(Execline.parse(text));
    }

    private static List<String> shown(List<Execline.Word> words) {
        List<String> shown = new ArrayList<>();
        for (Execline.Word word : words) {
            shown.add(
                    word.isBlock() ? shown(Objects.requireNonNull(word.block())).toString() : word.text());
        }
        return shown;
    }

    @Test
    void wordsArePartedByBlanksAndCommentsAreNone() throws Exception {
        assertEquals(List.of("a", "b", "c#d"), words("#!/bin/execlineb -P\n# nothing\na\tb # more\n c#d\n"));
        assertEquals(List.of(), words(" # only this\n"));
        assertEquals(3, Execline.parse("\n\nx").get(0).line());
    }

    @Test
    void quotesAndBackslashesKeepCharacters() throws Exception {
        assertEquals(
                List.of("a b", "c\"d", "e\nf", "g h", "{", ""), words("\"a b\" \"c\\\"d\" \"e\\nf\" g\\ h \"{\" \"\""));
        assertEquals(List.of("onetwo"), words("\"one\\\ntwo\""));
        assertEquals(List.of("a#b"), words("\"a#b\""));
    }

    @Test
    void bracesMakeBlocksWhereTheyAreWords() throws Exception {
        assertEquals(
                List.of("if", "[test, -e, /x]", "foreground", "[a, [b], c]", "d{"),
                words("if { test -e /x } foreground { a { b } c } d{"));
    }

    @Test
    void whatIsLeftOpenIsAnErrorWithItsLine() {
        assertEquals(2, line("a\nb \"c\nd"));
        assertEquals(1, line("if { a\n"));
        assertEquals(2, line("a\n}"));
        assertEquals(1, line("a \\"));
        assertEquals(1, line("\"\\065\""));
        assertEquals(1, line("{ ".repeat(30)));
    }

    private static int line(String text) {
        return assertThrows(Execline.SyntaxException.class, () -> Execline.parse(text))
                .line();
    }
}
