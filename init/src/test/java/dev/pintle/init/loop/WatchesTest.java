package dev.pintle.init.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.Sys;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who comes when, in turns of which each has so much time: on a clock that only the work itself moves. */
final class WatchesTest {
    /** What the turns of this test may take in milliseconds: 20, and the last that was begun. */
    private static final long LONGEST = 25;

    private final Watches watches = new Watches();
    private final List<String> served = new ArrayList<>();
    private long now;

    /** Nothing but a clock, and a poll that finds nothing: who has something to do says so. */
    private final Sys sys = (Sys) Proxy.newProxyInstance(
            Sys.class.getClassLoader(), new Class<?>[] {Sys.class}, (proxy, method, arguments) -> {
                return switch (method.getName()) {
                    case "monotonicMillis" -> now;
                    case "poll" -> 0;
                    default -> throw new AssertionError(method);
                };
            });

    /** Somebody who always has something to do. */
    private final class Busy extends Watch {
        private final String name;
        private final long takes;
        private final boolean bulky;

        Busy(int descriptor, String name, long takes, boolean bulky) {
            super(descriptor);
            this.name = name;
            this.takes = takes;
            this.bulky = bulky;
        }

        @Override
        protected boolean eager() {
            return true;
        }

        @Override
        protected boolean patient() {
            return true;
        }

        @Override
        protected boolean bulky() {
            return bulky;
        }

        @Override
        protected void ready() {
            served.add(name);
            now += takes;
        }
    }

    private List<String> turn() {
        served.clear();
        long begun = now;
        watches.poll(sys, 0);
        assertTrue(now - begun <= LONGEST, () -> "a turn took " + (now - begun) + " ms");
        return served;
    }

    @Test
    void whoAsksForLittleIsAnsweredInEachTurnWhateverOthersAskFor() {
        for (int i = 0; i < 60; i++) {
            watches.add(new Busy(i, "bulky", 5, true));
        }
        watches.add(new Busy(60, "short", 0, false));
        for (int i = 0; i < 100; i++) {
            assertEquals("short", turn().get(0));
            assertEquals(List.of("short", "bulky", "bulky", "bulky", "bulky"), served);
        }
    }

    @Test
    void eachComesInItsTurnThoughATurnHasNoTimeForAll() {
        for (int i = 0; i < 10; i++) {
            watches.add(new Busy(i, "bulky " + i, 5, true));
        }
        for (int i = 10; i < 20; i++) {
            watches.add(new Busy(i, "short " + i, 5, false));
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.addAll(turn());
        }
        for (int i = 0; i < 10; i++) {
            assertEquals(1, count(all, "bulky " + i), all.toString());
            assertEquals(4, count(all, "short " + (10 + i)), all.toString());
        }
    }

    private static long count(List<String> all, String name) {
        return all.stream().filter(name::equals).count();
    }
}
