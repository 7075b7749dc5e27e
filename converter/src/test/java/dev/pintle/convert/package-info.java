/** Tests of the converter as a whole. */
@NullMarked
package dev.pintle.convert;

import org.jspecify.annotations.NullMarked;
