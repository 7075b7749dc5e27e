/** Tests of the rules by which an image is moved. */
@NullMarked
package dev.pintle.convert.move;

import org.jspecify.annotations.NullMarked;
