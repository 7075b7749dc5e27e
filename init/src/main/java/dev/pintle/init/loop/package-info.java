/**
 * The only place that polls, reaps and dispatches. The loop turns what the kernel says into events for the {@code core},
 * and carries out what the core answers. It decides nothing.
 *
 * <p>Once {@link dev.pintle.init.loop.Loop#run} has begun, nothing may end the process but the core's own {@code Exit}:
 * every Throwable is caught, said and survived. Nothing here blocks but the one poll.
 */
@NullMarked
package dev.pintle.init.loop;

import org.jspecify.annotations.NullMarked;
