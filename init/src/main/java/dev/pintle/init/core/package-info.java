/**
 * The supervisor itself, as pure functions of events and time: {@link dev.pintle.init.core.Supervisor#step} takes what
 * happened and answers with what is to be done. Nothing here does I/O or reads a clock, so a simulation can run it
 * through weeks in a second and replay any moment of them.
 *
 * <p>How it is put together: every service has a {@link dev.pintle.init.core.State}. What can happen to it is a
 * {@code Trigger}, and {@code Transitions} decides for each pair of them which {@code Rule} applies. {@code ServiceMachine}
 * carries a rule out on one service; {@code Dependencies} says what may start and what may stop; {@code Shutdown} has the
 * budget and the order of the end; {@code Health} tests one service. {@code Supervisor} ties them together.
 *
 * <p>Times are milliseconds of a clock that never jumps. Nothing recurses: what follows from a change is queued.
 */
@NullMarked
package dev.pintle.init.core;

import org.jspecify.annotations.NullMarked;
