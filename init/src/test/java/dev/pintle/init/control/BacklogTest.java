package dev.pintle.init.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Events are kept once, and each subscriber takes those that it wants, or is told how many it has missed. */
final class BacklogTest {
    private static final byte[] LARGE = new byte[50_000];

    private final Backlog backlog = new Backlog();
    private final Subscription all = new Subscription(List.of());
    private final Subscription web = new Subscription(List.of("web"));

    private void happen(String service, byte[] line) {
        Backlog.Entry before = backlog.last();
        backlog.add(service, line);
        for (Subscription each : List.of(all, web)) {
            if (each.wants(service)) {
                each.come(before, line.length);
            }
        }
        Backlog.Entry dropped = backlog.dropped();
        for (Backlog.Entry entry = backlog.dropFirst(); entry != null; entry = backlog.dropFirst()) {
            all.dropped(dropped, entry);
            web.dropped(dropped, entry);
            dropped = entry;
        }
    }

    @Test
    void eachTakesWhatItWants() {
        happen("web", new byte[10]);
        happen("db", new byte[20]);
        assertEquals(30, taken(all));
        assertEquals(10, taken(web));
        assertFalse(all.behind());
        assertFalse(web.behind());
        happen("db", new byte[5]);
        assertEquals(5, taken(all));
        assertFalse(web.behind(), "nothing that it wants has come");
    }

    @Test
    void whoDoesNotTakeItMissesIt() {
        happen("web", LARGE);
        happen("db", LARGE);
        happen("db", LARGE);
        happen("web", LARGE);
        int missed = "{\"pintle\":1,\"event\":\"missed\",\"count\":2}\n".length();
        assertEquals(missed + 2 * LARGE.length, taken(all));
        assertEquals(missed + LARGE.length, taken(web), "one of those that are gone, and one that is there");
    }

    @Test
    void aPartIsTakenAtATime() {
        happen("web", new byte[100]);
        happen("web", new byte[100]);
        happen("web", new byte[100]);
        Outbox outbox = new Outbox();
        all.nextInto(outbox, 150);
        assertEquals(200, outbox.size());
        assertTrue(all.behind());
        all.nextInto(outbox, 150);
        assertEquals(200, outbox.size(), "as long as that waits");
        all.nextInto(outbox, Integer.MAX_VALUE);
        assertEquals(300, outbox.size());
        assertFalse(all.behind());
    }

    @Test
    void theNewestIsKeptHoweverLongItIs() {
        happen("web", new byte[1]);
        happen("web", new byte[1_000_000]);
        assertNull(backlog.dropFirst());
        assertNotNull(backlog.dropped().following());
        backlog.clear();
        assertNull(backlog.dropped().following());
    }

    private static int taken(Subscription by) {
        Outbox outbox = new Outbox();
        by.nextInto(outbox, Integer.MAX_VALUE);
        return outbox.size();
    }
}
