/** Tests of the shell's words. */
@NullMarked
package dev.pintle.convert.shell;

import org.jspecify.annotations.NullMarked;
