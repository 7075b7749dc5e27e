@NullMarked
package dev.pintle.s6;

import org.jspecify.annotations.NullMarked;
