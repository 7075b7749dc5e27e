package dev.pintle.s6;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the trees.
 *
 * @param error   whether nothing can be made of them; else it is a warning
 * @param path    of the file or directory, in the container
 * @param message {@code cannot VERB OBJECT: CAUSE}
 * @param hint    what to do, or null
 */
public record Problem(
        boolean error,
        String path,
        String message,
        @Nullable String hint) {}
