@NullMarked
package dev.pintle.archive;

import org.jspecify.annotations.NullMarked;
