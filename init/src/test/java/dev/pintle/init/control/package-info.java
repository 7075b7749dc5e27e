/** The control socket, as whoever connects to it meets it. */
@NullMarked
package dev.pintle.init.control;

import org.jspecify.annotations.NullMarked;
