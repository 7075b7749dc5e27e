/** Tests of the rules of the parser. */
@NullMarked
package dev.pintle.convert.parse.supervisord;

import org.jspecify.annotations.NullMarked;
