@NullMarked
package dev.pintle.init.tool;

import org.jspecify.annotations.NullMarked;
