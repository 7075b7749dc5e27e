/**
 * One scenario, three engines: the files in {@code src/test/scenarios} are played by the simulation, by the init on a JVM
 * with real processes, and by the native binary as PID 1.
 *
 * <p>A file begins with what it shows and goes on with sections:
 *
 * <ul>
 *   <li>{@code --- services/web/service.conf}: a file of the layout. {@code ${DIR}} is the layout's directory, {@code
 *       ${PORT}} a TCP port that nobody has.
 *   <li>{@code --- process web}: a program {@code ${DIR}/web} and what it does; {@link dev.pintle.init.scenario.Puppet}
 *       has the words.
 *   <li>{@code --- later FILE}: a file that the step {@code put FILE} makes.
 *   <li>{@code --- environment}: variables of the container, and {@code --- command}: its CMD.
 *   <li>{@code --- steps}: what is done and expected; {@link dev.pintle.init.scenario.Steps} has the words. The last of
 *       those that do something is {@code ends CODE}.
 * </ul>
 *
 * <p>Steps say orders, states and outcomes, never how long something takes: an engine lets time pass until a step holds,
 * or until its patience is over. A process that handles a signal has to be known to be that far (ready, or heard) before
 * it is sent one.
 */
@NullMarked
package dev.pintle.init.scenario;

import org.jspecify.annotations.NullMarked;
