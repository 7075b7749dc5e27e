package dev.pintle.convert.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.read.ScannedFile.Option;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each expectation is what Python 3.11's RawConfigParser does with the same text. */
class LineScannerTest {

    private static List<String> options(String body) {
        return scan("[s]\n" + body).sections().get(0).options().stream()
                .map(option -> option.key() + "=" + option.value())
                .toList();
    }

    private static ScannedFile scan(String text) {
        return LineScanner.scan("f.conf", text);
    }

    private static List<String> errors(String text) {
        return scan(text).diagnostics().stream()
                .map(d -> d.line() + ":" + d.column() + " " + d.code())
                .toList();
    }

    @Test
    void commentNeedsWhiteSpaceBeforeIt() {
        assertEquals(List.of("a=x;y", "b=x", "c=x", "d=x#y"), options("a=x;y\nb=x ;y\nc=x #y\nd=x#y\n"));
    }

    @Test
    void quotesDoNotProtectFromComments() {
        assertEquals(List.of("command=bash -c 'foo"), options("command=bash -c 'foo ; bar'\n"));
    }

    @Test
    void firstRoundWithAHitDecidesWhereTheCommentBegins() {
        assertEquals(List.of("command=x --c=#fff #c"), options("command=x --c=#fff #c ;d\n"));
    }

    @Test
    void deeperLineContinuesTheValueAndKeepsBlankLines() {
        assertEquals(
                List.of("command=x\nautostart=false", "b=1\n\n2"),
                options("command=x\n autostart=false\nb=1\n\n 2\n\n"));
    }

    @Test
    void commentLineInsideAValueIsDropped() {
        assertEquals(List.of("a=1\n2"), options("a=1\n; no\n 2\n"));
    }

    @Test
    void equallyIndentedKeysAreSeparate() {
        assertEquals(List.of("a=1", "b=2"), options("  a=1\n  b=2\n"));
    }

    @Test
    void firstDelimiterSplitsAndKeysAreLowerCased() {
        assertEquals(List.of("command=a:b=c", "url=x=y"), options("COMMAND = a:b=c\nUrl: x=y\n"));
    }

    @Test
    void headerReachesToTheLastBracket() {
        assertEquals(
                "program:a] [b",
                scan("[program:a] [b] junk\n").sections().get(0).name());
    }

    @Test
    void carriageReturnsEndLines() {
        assertEquals(List.of("a=1", "b=2"), options("a=1\r\nb=2\r"));
    }

    @Test
    void textBeforeTheFirstHeaderIsReportedOnce() {
        assertEquals(List.of("1:1 no-section"), errors("a=1\nb=2\n[s]\nc=3\n"));
    }

    @Test
    void everyLineWithoutADelimiterIsReported() {
        assertEquals(
                List.of("2:1 no-delimiter", "4:1 no-delimiter", "5:1 empty-key"),
                errors("[s]\n{% if %}\na=1\n{%\n=x\n"));
    }

    @Test
    void byteOrderMarkIsRemovedWithAWarning() {
        ScannedFile file = scan("\uFEFF[s]\na=1\n");
        assertEquals("s", file.sections().get(0).name());
        assertEquals("byte-order-mark", file.diagnostics().get(0).code());
    }

    @Test
    void positionsFollowTheValueAcrossItsLines() {
        Option option = scan("[s]\n\n key =  ab\n    cd ; x\n")
                .sections()
                .get(0)
                .options()
                .get(0);
        assertEquals("ab\ncd", option.value());
        assertEquals("f.conf:3:2", option.position().toString());
        assertEquals("f.conf:3:9", option.positionAt(0).toString());
        assertEquals("f.conf:3:10", option.positionAt(1).toString());
        assertEquals("f.conf:4:6", option.positionAt(4).toString());
    }

    @Test
    void unicodeSpacesAreWhatPythonTakesForThem() {
        assertEquals(List.of("a=\u200bx"), options("a=\u00a0\u200bx\u3000\n"));
        assertTrue(PythonText.isSpace(0x1f));
    }
}
