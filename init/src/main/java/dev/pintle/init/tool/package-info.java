/**
 * The programs that people call: {@code init}, {@code pintle} and its commands, all one binary that looks at the name it
 * was called by.
 */
@NullMarked
package dev.pintle.init.tool;

import org.jspecify.annotations.NullMarked;
