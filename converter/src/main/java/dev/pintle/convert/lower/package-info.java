/**
 * From supervisord's model to drafts of service directories, and to an account of every key on the way.
 *
 * <p>This is where the meaning is carried over, and it is pure: a configuration in, drafts and a report out. Each rule
 * writes what it emits and says in the same place what became of the key, so the two cannot drift apart. What a key
 * becomes is a {@link dev.pintle.convert.lower.Fate}; a key of the input that no rule speaks of is reported as not
 * carried, never left out.
 */
@NullMarked
package dev.pintle.convert.lower;

import org.jspecify.annotations.NullMarked;
