/** Programs of s6 that talk to what supervises: here they ask the init. */
@NullMarked
package dev.pintle.archive.program;

import org.jspecify.annotations.NullMarked;
