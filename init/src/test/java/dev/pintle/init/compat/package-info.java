/** What comparisons with the originals have in common. */
@NullMarked
package dev.pintle.init.compat;

import org.jspecify.annotations.NullMarked;
