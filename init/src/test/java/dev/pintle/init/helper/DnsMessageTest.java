package dev.pintle.init.helper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of a name server, and what is believed of its answers. */
class DnsMessageTest {
    private static final String LONG = "x".repeat(63);

    @Test
    void onlyWhatAQuestionHasRoomForIsAName() {
        for (String name : List.of("a", "a.example", "a.example.", LONG, LONG + "." + LONG + "." + LONG)) {
            assertTrue(DnsMessage.isName(name), name);
        }
        for (String name : List.of("", ".", "..", "a..b", ".a", "a..", LONG + "x", (LONG + ".").repeat(4) + "a")) {
            assertFalse(DnsMessage.isName(name), name);
        }
    }

    @Test
    void aNameIsAskedForByItsLabels() {
        byte[] asked = {7, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 'a', 2, 'b', 'c', 0, 0, 28, 0, 1};
        assertArrayEquals(asked, DnsMessage.question("a.bc", 28, 7 << 8));
        assertArrayEquals(asked, DnsMessage.question("a.bc.", 28, 7 << 8));
    }

    @Test
    void onlyWhatAnswersTheQuestionIsAnAnswer() {
        byte[] question = DnsMessage.question("a.bc", 1, 7 << 8);
        assertFalse(DnsMessage.isAnswer(question, question.length, question), "it is a question");
        byte[] answer = question.clone();
        answer[2] |= (byte) 0x80;
        assertTrue(DnsMessage.isAnswer(answer, answer.length, question));
        assertFalse(DnsMessage.isAnswer(answer, answer.length - 1, question));
        assertFalse(DnsMessage.isAnswer(answer, 11, question));
        answer[13] = 'A';
        assertTrue(DnsMessage.isAnswer(answer, answer.length, question), "case does not matter");
        answer[13] = 'x';
        assertFalse(DnsMessage.isAnswer(answer, answer.length, question), "another name");
        answer[3] = 2;
        assertTrue(DnsMessage.isAnswer(answer, 12, question), "who fails may leave the question out");
        answer[0] = 8;
        assertFalse(DnsMessage.isAnswer(answer, answer.length, question), "another question's");
    }
}
