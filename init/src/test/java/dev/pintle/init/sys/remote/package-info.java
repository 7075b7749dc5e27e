/**
 * A kernel at the other end of two pipes: what a test on the JVM asks of {@link dev.pintle.init.sys.remote.RemoteSys} a
 * natively compiled {@link dev.pintle.init.sys.remote.SysServer} does, so that the native kernel is held by the same
 * assertions as the others.
 */
@NullMarked
package dev.pintle.init.sys.remote;

import org.jspecify.annotations.NullMarked;
