package dev.pintle.init.loop;

import dev.pintle.init.core.LayoutChange;
import dev.pintle.layout.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading the layout anew.
 *
 * @param diagnostics what is wrong or doubtful with it
 * @param change      what is being changed; null where nothing is, because the layout has errors
 */
public record Reload(List<Diagnostic> diagnostics, @Nullable LayoutChange change) {}
