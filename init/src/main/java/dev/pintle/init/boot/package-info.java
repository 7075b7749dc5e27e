/** From the container's files, arguments and environment to a supervisor that runs. */
@NullMarked
package dev.pintle.init.boot;

import org.jspecify.annotations.NullMarked;
