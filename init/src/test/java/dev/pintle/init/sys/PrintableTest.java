package dev.pintle.init.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PrintableTest {
    @Test
    void textIsLeftAlone() {
        String text = "web is ready — größer, 日本, \ud83d\ude00, C:\\x1b";
        assertSame(text, Printable.line(text));
    }

    @Test
    void whatATerminalWouldObeyIsShown() {
        assertEquals("\\x1b]52;c;aGk=\\x07", Printable.line("\u001b]52;c;aGk=\u0007"));
        assertEquals("a\\nb\\tc\\x0d\\x00\\x7f", Printable.line("a\nb\tc\r\0\u007f"));
        assertEquals("\\u009b31m\\u0085", Printable.line("\u009b31m\u0085"));
        assertEquals("\\u202eevil\\u2066\\u2028\\u061c", Printable.line("\u202eevil\u2066\u2028\u061c"));
    }

    @Test
    void bytesThatAreNoTextAreShown() {
        byte[] bytes = {'a', (byte) 0x9b, (byte) 0xff, 'b'};
        assertEquals("a\\x9b\\xffb", Printable.line(RawText.decode(bytes, 0, bytes.length)));
        assertEquals("\\ud800x\\udc00", Printable.line("\ud800x\udc00"));
    }

    @Test
    void linesStayLines() {
        assertEquals("a\nb\\x1b\n", Printable.lines("a\nb\u001b\n"));
    }

    /** Whatever it is made of, nothing is left that is not shown as itself. */
    @Test
    void everyCharacterComesOutHarmless() {
        for (int c = 0; c <= 0xffff; c++) {
            String line = Printable.line("x" + (char) c + "y");
            assertEquals(line, Printable.line(line));
            byte[] bytes = RawText.encode(line);
            for (byte each : bytes) {
                assertTrue(each < 0 || (each >= ' ' && each != 0x7f), "character " + c);
            }
        }
    }
}
