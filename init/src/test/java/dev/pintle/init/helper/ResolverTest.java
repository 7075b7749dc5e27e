package dev.pintle.init.helper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of a name server. */
class ResolverTest {
    private static final String LONG = "x".repeat(63);

    @Test
    void onlyWhatAQuestionHasRoomForIsAName() {
        for (String name : List.of("a", "a.example", "a.example.", LONG, LONG + "." + LONG + "." + LONG)) {
            assertTrue(Resolver.isName(name), name);
        }
        for (String name : List.of("", ".", "..", "a..b", ".a", "a..", LONG + "x", (LONG + ".").repeat(4) + "a")) {
            assertFalse(Resolver.isName(name), name);
        }
    }

    @Test
    void aNameIsAskedForByItsLabels() {
        byte[] asked = {7, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 2, 'b', 'c', 0, 0, 28, 0, 1};
        assertArrayEquals(asked, Resolver.question("a.bc", 28, 7 << 8));
        assertArrayEquals(asked, Resolver.question("a.bc.", 28, 7 << 8));
    }

    @Test
    void aFileIsReadByLinesAndWords() {
        assertEquals(
                List.of(List.of("nameserver", "10.0.0.1"), List.of("search", "a", "b")),
                Resolver.lines("# comment\n\nnameserver 10.0.0.1 # first\n search\ta  b"));
    }
}
