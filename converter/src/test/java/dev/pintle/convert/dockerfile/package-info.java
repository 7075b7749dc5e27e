/** Tests of the Dockerfile parser. */
@NullMarked
package dev.pintle.convert.dockerfile;

import org.jspecify.annotations.NullMarked;
