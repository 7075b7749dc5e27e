/** Tests of what the loop does with a real kernel under it. */
@org.jspecify.annotations.NullMarked
package dev.pintle.init.loop;
