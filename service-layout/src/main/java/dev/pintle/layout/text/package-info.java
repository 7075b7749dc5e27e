/**
 * The text of a layout: its lines, its interpolation, its words and its values, read and written.
 *
 * <p>The order in which a value is read is what its users meet. A file is cut into entries with positions; a command is
 * split into words <em>first</em> and each word is interpolated then, so that a variable's value stays one word whatever
 * is in it; a list is interpolated first and split then, so that a variable can hold a list.
 *
 * <p>Interpolation is Compose's: it happens everywhere, also within single quotes, and {@code $$} is a dollar sign.
 */
@NullMarked
package dev.pintle.layout.text;

import org.jspecify.annotations.NullMarked;
