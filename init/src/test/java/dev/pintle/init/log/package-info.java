/** Loggers, as they are called and under an init. */
@NullMarked
package dev.pintle.init.log;

import org.jspecify.annotations.NullMarked;
