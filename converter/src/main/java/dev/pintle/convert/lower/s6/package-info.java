/** Writes what {@link dev.pintle.s6.Translator} has made of an image's trees as drafts and a report. */
@NullMarked
package dev.pintle.convert.lower.s6;

import org.jspecify.annotations.NullMarked;
