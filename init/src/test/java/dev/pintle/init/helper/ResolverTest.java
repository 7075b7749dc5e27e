package dev.pintle.init.helper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How names are looked up. */
class ResolverTest {

    @Test
    void aFileIsReadByLinesAndWords() {
        assertEquals(
                List.of(List.of("nameserver", "10.0.0.1"), List.of("search", "a", "b")),
                Resolver.lines("# comment\n\nnameserver 10.0.0.1 # first\n search\ta  b"));
    }
}
