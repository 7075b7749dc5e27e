/**
 * From the texts of a layout to a checked {@link dev.pintle.layout.Layout}.
 *
 * <p>Three passes. pintle.conf and every service.conf are cut into entries whose keys are known ({@code Conf}); each service
 * is read, its defaults filled in, once for each of its instances ({@code ServiceReader}); then names are resolved across
 * services, families expanded and cycles looked for ({@code Graph}). A pass goes on where the one before it found errors,
 * with defaults in place of what was wrong, so that all errors come at once; a layout comes out where there was none.
 */
@NullMarked
package dev.pintle.layout.parse;

import org.jspecify.annotations.NullMarked;
