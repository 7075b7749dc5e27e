/**
 * Lines from a pipe to files and streams: what {@code pintle-log} and {@code svlogd} are made of.
 *
 * <p><b>Nothing is lost when a logger is killed.</b> What a service writes waits in a pipe that init holds. The logger moves it
 * from there into a file in memory that init holds too, by splice(2): at any moment a byte is in the one or in the other.
 * How far lines have been written is the offset of that file, which the kernel keeps for whoever has it open, so that the
 * next logger goes on there. Only a logger that is killed between writing lines and moving the offset leaves them to be
 * written again: a KILL may repeat up to one piece, and loses none.
 */
@NullMarked
package dev.pintle.init.log;

import org.jspecify.annotations.NullMarked;
