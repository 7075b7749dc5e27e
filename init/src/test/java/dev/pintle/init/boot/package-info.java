/** What is found of a layout's surroundings. */
@NullMarked
package dev.pintle.init.boot;

import org.jspecify.annotations.NullMarked;
