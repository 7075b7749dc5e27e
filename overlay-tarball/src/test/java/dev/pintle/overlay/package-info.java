/** Reads the overlay back, as the tool that unpacks it would. */
@NullMarked
package dev.pintle.overlay;

import org.jspecify.annotations.NullMarked;
