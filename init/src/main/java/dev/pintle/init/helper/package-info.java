/** The helper programs {@code pintle-…}: one class each, which {@code tool.Program} lists. */
@NullMarked
package dev.pintle.init.helper;

import org.jspecify.annotations.NullMarked;
