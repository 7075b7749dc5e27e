/**
 * The port to the kernel: {@link dev.pintle.init.sys.Sys} and the small values that cross it.
 *
 * <p>Everything that the init asks of the operating system passes through this one interface, so that the same
 * supervisor runs on three kernels: the real one natively ({@code sys.teavm}), the real one from a JVM ({@code
 * sys.jnr}), and a simulated one in tests. Calls follow the system-call convention: a result of zero or more, or a
 * negated errno; nothing here throws, and nothing here blocks but {@link dev.pintle.init.sys.Sys#poll}.
 *
 * <p>{@link dev.pintle.init.sys.ToolSys} is that port with what helper programs need besides; nothing simulates it.
 *
 * <p>Text that comes from the kernel (paths, arguments, variables) is bytes without an encoding. It is held in strings
 * by {@link dev.pintle.init.sys.RawText}, which loses none of them.
 */
@NullMarked
package dev.pintle.init.sys;

import org.jspecify.annotations.NullMarked;
