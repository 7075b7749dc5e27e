/** The programs of runit, compared with the originals. */
@NullMarked
package dev.pintle.init.compat.runit;

import org.jspecify.annotations.NullMarked;
