package dev.pintle.init.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who asks for the layout to be read again is told of a reading that began after that, and once. */
final class ReloadingTest {
    private static final Reload FAILED = Reload.refused(List.of());

    private final List<String> told = new ArrayList<>();
    private int begun;

    private final Reloading reloading = new Reloading(
            () -> {
                begun++;
                return () -> null;
            },
            layout -> layout);

    @Test
    void manySignalsAreAnsweredOnce() {
        Reloading.Listener signal = reload -> told.add("signal");
        for (int i = 0; i < 100; i++) {
            reloading.request(signal, false);
        }
        reloading.request(reload -> told.add("client"), false);
        reloading.request(reload -> told.add("client"), false);
        assertEquals(1, begun);
        reloading.conclude(FAILED);
        // The first began with the first of them, and may have missed what the others were sent for.
        assertEquals(List.of("signal"), told);
        assertEquals(2, begun);
        told.clear();
        reloading.conclude(FAILED);
        assertEquals(List.of("signal", "client", "client"), told);
        assertFalse(reloading.busy());
        reloading.request(signal, false);
        assertTrue(reloading.busy());
    }

    /** A comparison that somebody waits for must not be what another one's request is taken for. */
    @Test
    void aDryRunTakesNothingOver() {
        reloading.request(reload -> told.add("dry"), true);
        assertFalse(reloading.takesOver());
        reloading.request(reload -> told.add("real"), false);
        assertFalse(reloading.takesOver());
        reloading.conclude(FAILED);
        assertEquals(List.of("dry"), told);
        assertTrue(reloading.takesOver());
        reloading.request(reload -> told.add("dry"), true);
        reloading.conclude(FAILED);
        assertFalse(reloading.takesOver());
    }
}
