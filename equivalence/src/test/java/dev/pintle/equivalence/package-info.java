/**
 * Holds that a conversion behaves as the original did. Debian's supervisord and runit run what is converted, the native
 * init runs what it is converted to, in the same root file system; a probe in place of every program writes down all that
 * a supervisor makes of a process. Every difference between the two records has to be one that the conversion's own report
 * announced. In the original's place for s6-overlay is a record of it; what differs from that is announced by a list.
 */
@NullMarked
package dev.pintle.equivalence;

import org.jspecify.annotations.NullMarked;
