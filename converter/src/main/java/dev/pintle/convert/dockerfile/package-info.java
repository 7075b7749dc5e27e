/**
 * A Dockerfile as BuildKit reads it, each word with its place in the file.
 *
 * <p>Parsers that are to be had for Java build a tree that cannot be written back as it was, or know no heredocs; this
 * one keeps the text and says where in it things are. It follows BuildKit's own parser: directives at the top,
 * continued lines with comments and blank lines between them, heredocs of RUN, COPY and ADD, the exec form.
 */
@NullMarked
package dev.pintle.convert.dockerfile;

import org.jspecify.annotations.NullMarked;
