/** The programs of s6, compared with the originals. */
@NullMarked
package dev.pintle.init.compat.s6;

import org.jspecify.annotations.NullMarked;
