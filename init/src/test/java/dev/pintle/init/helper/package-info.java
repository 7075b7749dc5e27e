/** The helper programs, as they are called. */
@NullMarked
package dev.pintle.init.helper;

import org.jspecify.annotations.NullMarked;
