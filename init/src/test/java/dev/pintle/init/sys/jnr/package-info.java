/** The kernel as the JVM reaches it, held to the contract with real processes. */
@NullMarked
package dev.pintle.init.sys.jnr;

import org.jspecify.annotations.NullMarked;
