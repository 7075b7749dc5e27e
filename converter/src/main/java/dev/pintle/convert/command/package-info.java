/** The command line: the only package that knows picocli. */
@NullMarked
package dev.pintle.convert.command;

import org.jspecify.annotations.NullMarked;
