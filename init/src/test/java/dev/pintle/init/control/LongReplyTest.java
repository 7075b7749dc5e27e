package dev.pintle.init.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However much a reply has to tell, each piece of it is short, and together they are one line of JSON. */
final class LongReplyTest {
    /** Characters that a piece may have where each entry is short. */
    private static final int SHORT = 17 * 1024;

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "s-" + i).toList();
    }

    private static List<String> pieces(LongReply reply) {
        List<String> pieces = new ArrayList<>();
        while (!reply.over()) {
            pieces.add(reply.piece());
        }
        return pieces;
    }

    private static List<Message> entries(List<String> pieces) throws Json.MalformedException {
        Message reply = Message.parse(String.join("", pieces));
        assertTrue(reply.ok());
        assertEquals("before", reply.text("what"));
        return reply.objects("list");
    }

    private static LongReply reply(List<String> services, LongReply.Entries entries) {
        return new LongReply(Message.done().with("what", "before"), "list", services, entries);
    }

    @Test
    void manyEntriesAreManyShortPieces() throws Json.MalformedException {
        String text = "\u007f".repeat(150);
        List<String> pieces = pieces(reply(
                names(1_500),
                (name, to) -> to.add(
                        Message.part().with("name", name).with("text", text).members())));
        List<Message> entries = entries(pieces);
        assertEquals(1_500, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals("s-" + i, entries.get(i).text("name"));
            assertEquals(text, entries.get(i).text("text"));
        }
        for (String piece : pieces) {
            assertTrue(piece.length() < SHORT, () -> "a piece has " + piece.length() + " characters");
        }
    }

    @Test
    void fewEntriesAreOnePiece() throws Json.MalformedException {
        List<String> pieces = pieces(reply(
                names(20),
                (name, to) -> to.add(Message.part().with("name", name).members())));
        assertEquals(1, pieces.size());
        assertEquals(20, entries(pieces).size());
    }

    /** A service may be gone by the time that its entry is made, and another has several. */
    @Test
    void aServiceMayHaveNoEntryOrSeveral() throws Json.MalformedException {
        LongReply.Entries odd = (name, to) -> {
            for (int i = 0; i < Integer.parseInt(name.substring(2)) % 3; i++) {
                to.add(Message.part().with("name", name).members());
            }
        };
        List<String> found = new ArrayList<>();
        for (Message entry : entries(pieces(reply(names(6), odd)))) {
            found.add(entry.text("name"));
        }
        assertEquals(List.of("s-1", "s-2", "s-2", "s-4", "s-5", "s-5"), found);
        assertEquals(List.of(), entries(pieces(reply(names(3), (name, to) -> {}))));
        assertEquals(List.of(), entries(pieces(reply(List.of(), odd))));
    }
}
