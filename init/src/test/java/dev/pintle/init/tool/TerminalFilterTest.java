package dev.pintle.init.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TerminalFilterTest {
    /** Whole, and byte by byte. */
    private static void expect(String expected, String given) {
        byte[] bytes = given.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(expected, filtered(bytes, bytes.length));
        assertEquals(expected, filtered(bytes, 1));
    }

    private static String filtered(byte[] bytes, int piece) {
        TerminalFilter filter = new TerminalFilter();
        StringBuilder all = new StringBuilder();
        for (int at = 0; at < bytes.length; at += piece) {
            byte[] part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
            filter.take(part, part.length);
            all.append(new String(filter.bytes(), 0, filter.size(), StandardCharsets.ISO_8859_1));
        }
        return all.toString();
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void textAndColoursAreLeftAlone() {
        String text = utf8("größer 日本 \ud83d\ude00 \u00a0\tx\n") + "\u001b[31mred\u001b[0m \u001b[38;5;1m\u001b[m\n";
        expect(text, text);
    }

    /** Or all that the terminal shows from then on would have it. */
    @Test
    void aColourEndsWithItsLine() {
        expect("\u001b[1;31mred\u001b[0m\nplain\n", "\u001b[1;31mred\nplain\n");
        expect("\u001b[8m\u001b[0m\n\u001b[7m\u001b[0;0mx\n", "\u001b[8m\n\u001b[7m\u001b[0;0mx\n");
        TerminalFilter filter = new TerminalFilter();
        byte[] begun = "\u001b[31mred\u001b[3".getBytes(StandardCharsets.ISO_8859_1);
        filter.take(begun, begun.length);
        filter.end();
        assertEquals("\\x1b[3\u001b[0m", new String(filter.bytes(), 0, filter.size(), StandardCharsets.ISO_8859_1));
    }

    @Test
    void whatATerminalWouldObeyIsShown() {
        expect("\\x1b]52;c;aGk=\\x07\n", "\u001b]52;c;aGk=\u0007\n");
        expect("\\x1b[2J\\x1b[1;1H\\x1bc\n", "\u001b[2J\u001b[1;1H\u001bc\n");
        expect("a\\x0db\\x08\\x00\\x7f\n", "a\rb\b\0\u007f\n");
        expect("\\xc2\\x9b31m \\x9b31m\n", "\u00c2\u009b31m \u009b31m\n");
        expect("\\xff\\xfe\\xc2x\n", "\u00ff\u00fe\u00c2x\n");
        expect("\\x1b\\x1b\u001b[31mx\u001b[0m\n", "\u001b\u001b\u001b[31mx\n");
        expect("\\x1b[31" + "1".repeat(40) + "m\n", "\u001b[31" + "1".repeat(40) + "m\n");
    }

    @Test
    void nothingElseComesOutWhateverGoesIn() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[64];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i += 3) {
                bytes[i] = "\u001b[;1m\u00c2\u009b".getBytes(StandardCharsets.ISO_8859_1)[random.nextInt(7)];
            }
            String shown = filtered(bytes, 1 + random.nextInt(9)).replaceAll("\u001b\\[[0-9;:]*m", "");
            for (int i = 0; i < shown.length(); i++) {
                char c = shown.charAt(i);
                assertTrue(c == '\n' || c == '\t' || (c >= ' ' && c != 0x7f), "round " + round + ": " + (int) c);
                boolean c1 = c >= 0x80 && c <= 0x9f;
                assertTrue(
                        !c1 || (i > 0 && shown.charAt(i - 1) >= 0x80 && shown.charAt(i - 1) != 0xc2), "round " + round);
            }
        }
    }
}
