package dev.pintle.init.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pintle.init.sys.RawText;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static String raw(int... bytes) {
        byte[] text = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            text[i] = (byte) bytes[i];
        }
        return RawText.decode(text, 0, text.length);
    }

    /** RFC 8259, 8.2: what readers make of half of a pair is unpredictable, and many refuse it. */
    @Test
    void noStringHasHalfOfAPair() {
        assertEquals("\"a\\\\xff\\\\x9bb\"", Json.write(raw('a', 0xff, 0x9b, 'b')));
        assertEquals("\"\\\\ud800x\\\\udc00\"", Json.write("\ud800x\udc00"));
        assertEquals("\"\ud83d\ude00 \u00f6\\u001b\"", Json.write("\ud83d\ude00 \u00f6\u001b"));
        for (char c = 0xd7ff; c <= 0xe000; c++) {
            String written = Json.write("a" + c + "b");
            assertFalse(written.matches("(?s).*(^|[^\\\\])\\\\ud[89a-f].*"), written);
        }
    }

    @Test
    void aPathKeepsItsBytes() throws Json.MalformedException {
        for (String path : new String[] {"/var/log/web.log", raw('/', 0xe9, '/', 0xff), "/gr\u00f6\u00dfer", ""}) {
            String line = Message.done().withRaw("path", path).line();
            assertEquals(path, Message.parse(line).raw("path"), line);
        }
        assertEquals(
                "x", Message.parse("{\"path\":\"x\",\"path_bytes\":\"zz\"}").raw("path"));
        assertEquals("x", Message.parse("{\"path\":\"x\"}").raw("path"));
    }
}
