package dev.pintle.layout.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.ConfText.SectionText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The grammar, rule by rule. */
class ConfTextTest {

    private final Diagnostics diagnostics = new Diagnostics();

    /** All entries as SECTION/KEY=VALUE. */
    private List<String> read(String text) {
        List<String> entries = new ArrayList<>();
        for (SectionText section : ConfText.read("f", text, diagnostics)) {
            for (Entry entry : section.entries().values()) {
                entries.add(
                        section.name() + "/" + entry.key() + "=" + entry.value().text());
            }
        }
        return entries;
    }

    /** All diagnostics as LINE:COLUMN CODE. */
    private List<String> found() {
        List<String> found = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics.sorted()) {
            found.add(diagnostic.line() + ":" + diagnostic.column() + " " + diagnostic.code());
        }
        return found;
    }

    private void accepts(String text, String... entries) {
        assertEquals(List.of(entries), read(text));
        assertEquals(List.of(), found());
    }

    private void rejects(String text, String... expected) {
        read(text);
        assertEquals(List.of(expected), found());
    }

    @Test
    void blanksAroundKeyAndValueAreDropped() {
        accepts("a=1\nb \t=  2 \t\nc =\n", "/a=1", "/b=2", "/c=");
    }

    @Test
    void theFirstEqualsSignEndsTheKey() {
        accepts("a = b = c", "/a=b = c");
    }

    @Test
    void sectionsHoldWhatFollowsThem() {
        accepts("a=1\n[s]\na=2\n[ t ] \nb=3", "/a=1", "s/a=2", "t/b=3");
    }

    @Test
    void commentsStandAtTheStartOfALineOnly() {
        accepts("# x\n; y\na = 1 # no comment\n", "/a=1 # no comment");
    }

    @Test
    void indentedLinesContinueAValue() {
        accepts("a = 1\n   2\n\t3\nb = 4", "/a=1\n2\n3", "/b=4");
    }

    @Test
    void aValueCanBeginOnItsSecondLine() {
        accepts("a =\n  1\n  2", "/a=1\n2");
    }

    @Test
    void continuedLinesKeepTheirIndentationBeyondTheFirst() {
        accepts("a =\n  if x:\n    y\n z", "/a=if x:\n  y\nz");
    }

    @Test
    void commentsWithinAContinuedValueAreDropped() {
        accepts("a = 1\n# comment\n  2\n  # no comment", "/a=1\n2\n# no comment");
    }

    @Test
    void blankLinesWithinAContinuedValueStayAndAfterItGo() {
        accepts("a = 1\n\n  2\n\n\nb = 3\n", "/a=1\n\n2", "/b=3");
    }

    @Test
    void carriageReturnsBeforeLineEndsAreDropped() {
        accepts("a = 1\r\n  2\r\n[s]\r\nb = 3\r\n", "/a=1\n2", "s/b=3");
    }

    @Test
    void aByteOrderMarkIsDropped() {
        accepts("\uFEFFa = 1", "/a=1");
    }

    @Test
    void onlySpacesAndTabsAreBlank() {
        accepts("a = \u00a01\u00a0\n\u00a0b = 2", "/a=\u00a01\u00a0", "/\u00a0b=2");
    }

    @Test
    void aDuplicateKeyNamesTheFirst() {
        rejects("a = 1\nb = 2\na = 3", "3:1 duplicate-key");
        assertEquals(
                "cannot set a again: it was set in line 1",
                diagnostics.sorted().get(0).message());
    }

    @Test
    void aSectionBeginsOnce() {
        rejects("[s]\na = 1\n[t]\n[s]\na = 2", "4:1 duplicate-section", "5:1 duplicate-key");
    }

    @Test
    void aLineWithoutEqualsSignIsWrongAndWhatContinuesItIsSkipped() {
        rejects("nonsense\n  more\n  still more\n= 1\na = 2", "1:1 bad-line", "4:1 bad-line");
    }

    @Test
    void nothingToContinueIsWrongOnce() {
        rejects("  a = 1\n  b = 2\n[s]\n  c = 3", "1:1 bad-continuation", "4:1 bad-continuation");
    }

    @Test
    void headersAreClosedNamedAndAlone() {
        rejects("[s\n[]\n[t] a = 1", "1:2 bad-section", "2:1 bad-section", "3:4 bad-section");
    }

    @Test
    void aNulIsWrong() {
        rejects("a = \0", "1:5 bad-line");
    }

    @Test
    void everyCharacterOfAValueKnowsItsPlace() {
        Entry entry = ConfText.read("f", "x = 1\na =  bc\n# comment\n   de\n     fg", diagnostics)
                .get(0)
                .entries()
                .get("a");
        assertNotNull(entry);
        assertEquals("bc\nde\n  fg", entry.value().text());
        assertEquals(new Position("f", 2, 6), entry.value().at(0));
        assertEquals(new Position("f", 2, 7), entry.value().at(1));
        assertEquals(new Position("f", 4, 5), entry.value().at(4));
        assertEquals(new Position("f", 5, 6), entry.value().at(8));
    }

    @Test
    void theListOfErrorsIsBounded() {
        read("x\n".repeat(5000));
        List<Diagnostic> sorted = diagnostics.sorted();
        assertEquals(Diagnostics.MAX + 1, sorted.size());
        assertEquals("too-many-errors", sorted.get(0).code());
    }
}
