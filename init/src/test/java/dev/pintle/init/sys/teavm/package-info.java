/** The native kernel, held by the contract. */
@NullMarked
package dev.pintle.init.sys.teavm;

import org.jspecify.annotations.NullMarked;
