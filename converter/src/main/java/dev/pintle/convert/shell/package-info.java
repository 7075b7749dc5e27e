/**
 * As much of the shell's grammar as finding commands takes: where each simple command of a text begins and ends, its
 * words, and the operators around it. Nothing is expanded, nothing carried out; what is not understood belongs to some
 * command and is left alone.
 */
@NullMarked
package dev.pintle.convert.shell;

import org.jspecify.annotations.NullMarked;
