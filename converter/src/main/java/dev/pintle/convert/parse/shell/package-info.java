/**
 * Reads shell scripts far enough to tell a list of plain commands from a program.
 *
 * <p>The grammar is that of POSIX.1-2017, XCU 2.10, with what bash adds where a script names bash as its interpreter. Plain
 * commands are read word by word; a compound command (a loop, a condition, a pipeline, a function) is only delimited. What
 * a word expands to is not decided here.
 */
@NullMarked
package dev.pintle.convert.parse.shell;

import org.jspecify.annotations.NullMarked;
