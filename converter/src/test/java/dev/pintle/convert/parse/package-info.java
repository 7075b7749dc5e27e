/** Tests of the rules of the parser. */
@NullMarked
package dev.pintle.convert.parse;

import org.jspecify.annotations.NullMarked;
