package dev.pintle.convert.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each expectation is what Python 3.11 does with the same text. */
class PythonTextTest {

    @Test
    void splitsAtAllWhiteSpace() {
        assertEquals(List.of("a", "b", "c", "d"), PythonText.split(" a\u00a0b\u2028\u001cc\n\td "));
        assertEquals(List.of(), PythonText.split(" \n"));
    }
}
