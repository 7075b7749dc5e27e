/**
 * Texts that are edited where they stand: what no edit touches stays as it is, to the byte.
 *
 * <p>A {@link dev.pintle.convert.source.SourceFile} is a text with a name; an
 * {@link dev.pintle.convert.source.Excerpt} is a part of one in which each character knows its place in the whole, so
 * that what reads joined lines can still say which characters of the file to replace.
 */
@NullMarked
package dev.pintle.convert.source;

import org.jspecify.annotations.NullMarked;
