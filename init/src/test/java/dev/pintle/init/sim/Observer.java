package dev.pintle.init.sim;

import dev.pintle.init.sys.ChildSpec;
import org.jspecify.annotations.Nullable;

/** Sees what passes between the supervisor and the kernel, as it passes. */
interface Observer {
    /** A child was asked for. */
    default void spawned(ChildSpec child, @Nullable SimProcess process) {}

    /** A signal was taken from the descriptor. */
    default void tookSignal(int signal) {}

    /** A signal is about to be sent. */
    default void kills(int pid, int signal) {}

    /** A file is looked at. */
    default void looksAt(String path) {}

    /** A child of the supervisor has ended. */
    default void ended(SimProcess process) {}
}
