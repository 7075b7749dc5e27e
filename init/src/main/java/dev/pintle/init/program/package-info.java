/**
 * What programs of the multi-call binary are made of: their arguments, their options, what they say and end with, becoming
 * another program, and asking the init.
 */
@NullMarked
package dev.pintle.init.program;

import org.jspecify.annotations.NullMarked;
