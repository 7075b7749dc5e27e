/** Tests of the conversion of runit's service directories as a whole. */
@NullMarked
package dev.pintle.convert.runit;

import org.jspecify.annotations.NullMarked;
