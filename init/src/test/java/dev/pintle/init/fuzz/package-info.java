/**
 * Programs for a fuzzer: what the init reads from others, given bytes that a fuzzer makes up, natively. {@code scripts/fuzz} builds
 * and runs them. Here is what they share; each target is in the package of what it tries.
 *
 * <p>A target fails by throwing, by ending the program, or by not coming back.
 */
@NullMarked
package dev.pintle.init.fuzz;

import org.jspecify.annotations.NullMarked;
