package dev.pintle.init.loop;

import dev.pintle.init.core.LayoutChange;
import dev.pintle.layout.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading the layout anew.
 *
 * @param diagnostics what is wrong or doubtful with it
 * @param change      what is being changed; null where nothing is, because the layout has errors
 * @param outdated    services that keep running though files that they were made of have changed
 * @param texts       the diagnostics as they are told: made once, however many have asked
 */
public record Reload(
        List<Diagnostic> diagnostics,
        @Nullable LayoutChange change,
        List<String> outdated,
        List<@Nullable Object> texts) {

    /** Nothing is changed. */
    static Reload refused(List<Diagnostic> diagnostics) {
        return new Reload(diagnostics, null, List.of());
    }

    Reload(List<Diagnostic> diagnostics, @Nullable LayoutChange change, List<String> outdated) {
        this(diagnostics, change, outdated, new ArrayList<>());
        for (Diagnostic diagnostic : diagnostics) {
            texts.add(diagnostic.text());
        }
    }
}
