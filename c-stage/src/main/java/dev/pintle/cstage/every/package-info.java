/** The rewrites without which the generated C would not be correct with our collector and in PID 1: every build has them. */
package dev.pintle.cstage.every;
