/**
 * Programs of s6 and s6-overlay under their own names, for scripts that move in unchanged: their arguments, their output,
 * their exit codes. Tests compare those of s6 with the originals. What they do besides is in other packages.
 */
@NullMarked
package dev.pintle.init.compat.s6;

import org.jspecify.annotations.NullMarked;
