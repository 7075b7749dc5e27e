package dev.pintle.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a layout's text.
 *
 * @param layout      null where any diagnostic is an error
 * @param diagnostics sorted by file, line and column
 * @param draft       the layout as far as it could be read, with defaults in place of what is wrong: to look for more that is
 * @param disabled    the services that are not enabled, in the order of their names
 */
public record ParseResult(@Nullable Layout layout, List<Diagnostic> diagnostics, Layout draft, List<String> disabled) {

    /** The same with more in the layout. */
    public ParseResult with(Layout larger) {
        return new ParseResult(larger, diagnostics, draft, disabled);
    }
}
