/** Reads what would be written as the init will read it: what the converter writes, {@code pintle check} accepts. */
@NullMarked
package dev.pintle.convert.check;

import org.jspecify.annotations.NullMarked;
