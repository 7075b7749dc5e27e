/** The programs of runit and s6, compared with the originals. */
@NullMarked
package dev.pintle.init.compat;

import org.jspecify.annotations.NullMarked;
