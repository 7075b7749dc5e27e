/**
 * The five steps of a move, as the smallest change to the files of a build: the supervisor is no longer installed, its
 * configuration gives way to the overlay and the converted tree, and {@code /init} starts where it was started.
 *
 * <p>Each rule looks at one thing, edits it where it understands it, and says so in the report; what mentions the
 * supervisor and is understood by no rule is reported as well, never left out.
 */
@NullMarked
package dev.pintle.convert.move;

import org.jspecify.annotations.NullMarked;
