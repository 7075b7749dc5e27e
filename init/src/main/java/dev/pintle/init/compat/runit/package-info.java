/**
 * Programs of runit and daemontools under their own names, for scripts that move in unchanged: their arguments, their output,
 * their exit codes. Tests compare each with the original. What they do besides is in other packages.
 */
@NullMarked
package dev.pintle.init.compat.runit;

import org.jspecify.annotations.NullMarked;
