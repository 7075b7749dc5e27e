package dev.pintle.cstage.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class EditorTest {
    private final Tree tree = new Tree(Map.of("all.c", "#include \"a.c\"\n", "a.c", "  one(1);\ntwo(2); // one(1)\n"));
    private final List<String> misses = new ArrayList<>();
    private final Editor editor = new Editor(tree, "numbers", misses);

    @Test
    void replacesATextWhereverItOccurs() {
        editor.replace("a.c", 2, "one(1)", "three($3)");
        assertEquals("  three($3);\ntwo(2); // three($3)\n", tree.text("a.c"));
        assertEquals(List.of(), misses);
    }

    @Test
    void notesATextThatOccursAnotherNumberOfTimes() {
        editor.replace("a.c", 1, "one(1)", "");
        editor.replace("b.c", 1, "one(1)", "");
        assertEquals(
                List.of(
                        "cannot rewrite numbers: expected 1, found 2: 'one(1)' in a.c",
                        "cannot rewrite numbers: expected 1, found 0: 'one(1)' in b.c"),
                misses);
    }

    @Test
    void replacesALineByItsBeginning() {
        editor.replaceLine("a.c", "one(", "ONE;");
        assertEquals("ONE;\ntwo(2); // one(1)\n", tree.text("a.c"));
        assertEquals(List.of(), misses);
    }

    @Test
    void notesALineThatIsNotThere() {
        editor.replaceLine("a.c", "three(", "");
        assertEquals(
                List.of("cannot rewrite numbers: expected 1, found 0: a line of a.c that begins with 'three('"),
                misses);
    }

    @Test
    void notesWhatIsLeft() {
        editor.expectNoneLeft(Pattern.compile("o"), "an o");
        assertEquals(List.of("cannot rewrite numbers: expected 0, found 3: an o left in a.c"), misses);
    }

    @Test
    void appendsToNothingThatIsNotThere() {
        editor.append("b.c", "x");
        assertEquals(List.of("cannot rewrite numbers: there is no b.c"), misses);
    }

    @Test
    void takesALineFeedAloneForTheEndOfALine() {
        Tree odd = new Tree(Map.of("a.c", "x = \"\u0085\r\u2028\"; y\nz\n"));
        new Editor(odd, "ends", misses).replaceLine("a.c", "x", "w");
        assertEquals("w\nz\n", odd.text("a.c"));
        assertEquals(List.of("a\rb\u0085", "c"), Lines.of("a\rb\u0085\nc"));
    }
}
