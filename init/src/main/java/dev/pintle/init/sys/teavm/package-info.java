/**
 * The kernel as a natively compiled program calls it: {@link dev.pintle.init.sys.Sys} on musl through TeaVM's C back end.
 *
 * <p>A class {@code XyzH} is the C header {@code xyz.h}, declarations and constants only; a class with a structure's name
 * is that structure, laid out by the C compiler. Constants are those that amd64 and arm64 have in common; a test has the C
 * compiler compare them with its headers. The other classes are the adapter, one idea each.
 *
 * <p>Memory: what the kernel reads or fills is allocated outside the heap, once, since the collector moves objects. The
 * exception is an array handed over in the very expression that calls the kernel: nothing allocates between taking its
 * address and the call, so nothing can move it.
 *
 * <p>Between fork and exec ({@link dev.pintle.init.sys.teavm.ChildSetUp}) the child makes system calls and nothing else:
 * it does not even have the heap ({@link dev.pintle.init.sys.teavm.Heap}), and reads a {@link
 * dev.pintle.init.sys.teavm.ChildPlan} that the parent has made.
 */
@NullMarked
package dev.pintle.init.sys.teavm;

import org.jspecify.annotations.NullMarked;
