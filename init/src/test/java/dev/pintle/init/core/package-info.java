@NullMarked
package dev.pintle.init.core;

import org.jspecify.annotations.NullMarked;
