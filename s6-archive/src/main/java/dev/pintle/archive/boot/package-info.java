/** The start of a container: from s6-overlay's trees to the layout that the init reads. */
@NullMarked
package dev.pintle.archive.boot;

import org.jspecify.annotations.NullMarked;
