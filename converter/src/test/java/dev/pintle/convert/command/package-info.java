/** Tests of the command line. */
@NullMarked
package dev.pintle.convert.command;

import org.jspecify.annotations.NullMarked;
