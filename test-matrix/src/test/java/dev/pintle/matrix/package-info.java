/**
 * The matrix: every scenario in real containers of every distribution.
 *
 * <p>Only what users get takes part: the overlay tarball, the Dockerfiles of {@code base-images}, and the converter
 * through its command line. A scenario is a test method marked {@link dev.pintle.matrix.Scenario}; it runs once for
 * each {@link dev.pintle.matrix.Distribution}. What a scenario learns about processes comes from {@code /proc}, not
 * from the init that is under test.
 */
@NullMarked
package dev.pintle.matrix;

import org.jspecify.annotations.NullMarked;
