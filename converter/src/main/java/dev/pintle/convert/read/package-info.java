/**
 * From the bytes of a configuration file to its logical lines, each with its place in the file.
 *
 * <p>What a line means here is what Python's {@code RawConfigParser} makes of it, as supervisord sets it up: inline
 * comments, values continued by indentation, both delimiters, lower-cased keys. None of this is what the word "INI"
 * means elsewhere, so no INI library gets to see the text itself; see {@link dev.pintle.convert.read.LineScanner}.
 */
@NullMarked
package dev.pintle.convert.read;

import org.jspecify.annotations.NullMarked;
