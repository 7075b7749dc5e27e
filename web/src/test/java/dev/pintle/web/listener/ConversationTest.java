package dev.pintle.web.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said to a listener, and what it may say. */
final class ConversationTest {
    private final Conversation conversation = new Conversation("pool", 2);

    private void hear(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        conversation.hear(bytes, bytes.length);
    }

    private String next() {
        return new String(conversation.next(), StandardCharsets.UTF_8);
    }

    private static String told(int serial, String name, String payload) {
        return "ver:3.0 server:supervisor serial:" + serial + " pool:pool poolserial:" + serial + " eventname:" + name
                + " len:" + payload.getBytes(StandardCharsets.UTF_8).length + "\n" + payload;
    }

    @Test
    void anEventIsToldToWhoIsReady() {
        conversation.add("TICK_5", "when:5");
        assertEquals("", next());
        hear("REA");
        assertEquals("", next());
        hear("DY\n");
        assertEquals(told(0, "TICK_5", "when:5"), next());
        conversation.add("TICK_5", "é");
        assertEquals("", next());
        hear("RESULT 2\nO");
        hear("KREADY\n");
        assertEquals(told(1, "TICK_5", "é"), next());
        hear("RESULT 2\nOK");
        assertEquals("", next());
        assertEquals("", conversation.trouble());
    }

    @Test
    void whatWasRejectedIsToldAgain() {
        conversation.add("A", "1");
        conversation.add("B", "2");
        hear("READY\n");
        assertEquals(told(0, "A", "1"), next());
        hear("RESULT 4\nFAILREADY\n");
        assertEquals(told(0, "A", "1"), next());
        hear("RESULT 5\nmaybeREADY\n");
        assertEquals(told(0, "A", "1"), next());
        hear("RESULT 2\nOKREADY\n");
        assertEquals(told(1, "B", "2"), next());
    }

    @Test
    void theOldestGoesWhereThereIsNoRoom() {
        conversation.add("A", "1");
        conversation.add("B", "2");
        conversation.add("C", "3");
        assertEquals("event 0 is lost: pool is too slow", conversation.trouble());
        assertEquals("", conversation.trouble());
        hear("READY\n");
        assertEquals(told(1, "B", "2"), next());
    }

    @Test
    void whoSaysAnythingElseGetsNoMore() {
        for (String said :
                List.of("hello!\n", "READY\nx", "READY\n|RESULT x\n", "READY\n|RESULT 2\nOKmore", "READY\n|OK\n")) {
            Conversation other = new Conversation("pool", 2);
            other.add("A", "1");
            for (String part : said.split("\\|", -1)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                other.hear(bytes, bytes.length);
                other.next();
            }
            byte[] ready = "READY\n".getBytes(StandardCharsets.UTF_8);
            other.hear(ready, ready.length);
            assertEquals(0, other.next().length, said);
            assertTrue(other.trouble().startsWith("no more events for pool: "), said);
        }
    }

    @Test
    void namesMeanAllThatBeginWithThem() {
        assertTrue(ListenerProgram.isAsked(List.of("PROCESS_STATE"), "PROCESS_STATE_RUNNING"));
        assertTrue(ListenerProgram.isAsked(List.of("EVENT"), "TICK_5"));
        assertTrue(ListenerProgram.isAsked(List.of("TICK_60", "TICK_5"), "TICK_5"));
        assertFalse(ListenerProgram.isAsked(List.of("TICK_6"), "TICK_60"));
        assertFalse(ListenerProgram.isAsked(List.of(), "TICK_60"));
    }
}
