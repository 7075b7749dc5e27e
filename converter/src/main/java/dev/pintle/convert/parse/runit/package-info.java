/**
 * A faithful model of runit's service directories: every file of each, as runsv, runsvdir and sv would find them.
 *
 * <p>Run scripts are read by {@link dev.pintle.convert.parse.shell}; what they mean is the next phase's to say.
 */
@NullMarked
package dev.pintle.convert.parse.runit;

import org.jspecify.annotations.NullMarked;
