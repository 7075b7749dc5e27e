/** The contract that every kernel behind the port keeps. */
@NullMarked
package dev.pintle.init.sys;

import org.jspecify.annotations.NullMarked;
