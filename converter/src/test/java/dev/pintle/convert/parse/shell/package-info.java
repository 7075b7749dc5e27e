/** Tests of the reader of shell scripts. */
@NullMarked
package dev.pintle.convert.parse.shell;

import org.jspecify.annotations.NullMarked;
