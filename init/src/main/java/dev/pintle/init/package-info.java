/** The entry of the native binary. */
@NullMarked
package dev.pintle.init;

import org.jspecify.annotations.NullMarked;
