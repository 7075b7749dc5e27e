package dev.pintle.init.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a line of {@code /proc/PID/stat} says. */
class ProcStatTest {
    private static String line(String name, String state, int flags) {
        return "42 (" + name + ") " + state + " 1 40 39 0 -1 " + flags
                + " 100 0 0 0 7 8 9 10 20 0 1 0 123456 1048576 77 18446744073709551615 1 1\n";
    }

    @Test
    void fieldsAreCountedBehindTheName() {
        for (String name : new String[] {"sh", "a b", "x) R 9 9", "((", ") ", ""}) {
            ProcStat stat = new ProcStat(line(name, "S", 0));
            assertTrue(stat.known() && stat.isOf(42) && !stat.isOf(4), name);
            assertEquals(name, stat.name());
            assertEquals('S', stat.state());
            assertEquals(1, stat.number(ProcStat.PARENT));
            assertEquals(40, stat.number(ProcStat.GROUP));
            assertEquals(39, stat.number(ProcStat.SESSION));
            assertEquals(7, stat.number(ProcStat.TICKS));
            assertEquals(10, stat.number(ProcStat.TICKS + 3));
            assertEquals(123_456, stat.number(ProcStat.START));
            assertEquals(77, stat.number(ProcStat.PAGES));
        }
    }

    @Test
    void whatIsNoNumberOrLessIsZero() {
        ProcStat stat = new ProcStat("1 (init) S -1 x 3");
        assertEquals(0, stat.number(ProcStat.PARENT));
        assertEquals(0, stat.number(ProcStat.GROUP));
        assertEquals(3, stat.number(ProcStat.SESSION));
        assertEquals(0, stat.number(ProcStat.PAGES));
    }

    @Test
    void whoEndsHasEnded() {
        assertFalse(new ProcStat(line("sh", "S", 0x400000)).ended());
        assertTrue(new ProcStat(line("sh", "Z", 0)).ended());
        assertTrue(new ProcStat(line("sh", "X", 0)).ended());
        assertTrue(new ProcStat(line("sh", "R", 0x400004)).ended());
    }

    @Test
    void ofWhatIsNoLineNothingIsKnown() {
        for (String text : new String[] {"", "1", "1 (sh", "1 sh) S 1", "1 (sh)", "1 (sh) "}) {
            ProcStat stat = new ProcStat(text);
            assertFalse(stat.known() || stat.ended(), text);
            assertEquals("", stat.name());
            assertEquals(' ', stat.state());
            assertEquals(0, stat.number(ProcStat.PARENT));
        }
    }
}
