/** The program pintle-s6: has an image of s6-overlay run under Pintle as it is. */
@NullMarked
package dev.pintle.archive;

import org.jspecify.annotations.NullMarked;
