package dev.pintle.init.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TestResultTest {
    private static String lastLine(String output) {
        return new TestResult(0, "exited with code 1", null, output).inOneLine();
    }

    @Test
    void theLastLineIsShownWithWhatATerminalWouldObey() {
        assertEquals("exited with code 1: no answer", lastLine("first\n \tno answer"));
        assertEquals("exited with code 1: \u001b]0;title\u0007", lastLine("first\r\n\u001b]0;title\u0007"));
        assertEquals("exited with code 1", lastLine(""));
    }
}
