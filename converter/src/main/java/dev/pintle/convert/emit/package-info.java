/**
 * From drafts to files, and from a report to text, Markdown or JSON: the only package that knows FreeMarker.
 *
 * <p>Templates lay out, they decide nothing. What is written appears at once or not at all.
 */
@NullMarked
package dev.pintle.convert.emit;

import org.jspecify.annotations.NullMarked;
