/** Tests of the scanner and of the file tree. */
@NullMarked
package dev.pintle.convert.read;

import org.jspecify.annotations.NullMarked;
