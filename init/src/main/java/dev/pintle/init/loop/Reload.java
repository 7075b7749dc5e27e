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
 * @param texts       the diagnostics as they are told: made once, however many have asked
 */
public record Reload(List<Diagnostic> diagnostics, @Nullable LayoutChange change, List<@Nullable Object> texts) {

    Reload(List<Diagnostic> diagnostics, @Nullable LayoutChange change) {
        this(diagnostics, change, new ArrayList<>());
        for (Diagnostic diagnostic : diagnostics) {
            texts.add(diagnostic.text());
        }
    }
}
