/** System calls that the init does without. */
@NullMarked
package dev.pintle.archive.sys;

import org.jspecify.annotations.NullMarked;
