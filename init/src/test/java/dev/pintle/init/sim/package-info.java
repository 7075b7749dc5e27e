/**
 * A simulated kernel and the worlds that are played on it.
 *
 * <p>{@link dev.pintle.init.sim.SimSys} is the port to the kernel with nothing real behind it: a clock that only {@code
 * poll} moves, processes that follow a {@link dev.pintle.init.sim.Behaviour}, pipes, sockets and files in memory, and
 * {@link dev.pintle.init.sim.Faults} that are drawn from a seed. A second of it costs microseconds, so every hour of
 * supervision that a test can think of is cheap, and one seed gives one course of events, always.
 *
 * <p>It keeps to the rules of Linux where they bite a supervisor: a zombie can be signalled and a released pid cannot;
 * a pid is not given out again while a process group or session bears its number, and soon after; pending signals are
 * a set, so that a hundred ended children may be one SIGCHLD; a forked child holds every descriptor until it executes.
 * What the supervisor does that a real kernel would punish only on a bad day (a signal to a pid that is no longer
 * its child's, a descriptor closed twice or never) is recorded as a violation on every day.
 */
@NullMarked
package dev.pintle.init.sim;

import org.jspecify.annotations.NullMarked;
