/** What a process is given. */
@NullMarked
package dev.pintle.init.launch;

import org.jspecify.annotations.NullMarked;
