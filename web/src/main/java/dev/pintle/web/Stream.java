package dev.pintle.web;

import org.jspecify.annotations.Nullable;

/** Where the rest of an answer comes from, a piece at a time and the next once the client has taken the one before. */
interface Stream {
    /** The next piece; null where there is none now. */
    byte @Nullable [] next();

    /** Whether there will be no more. */
    boolean over();

    /** What tells a client that nothing has come, and us whether it is still there; empty where the type has nothing like that. */
    byte[] heartbeat();

    /** The client has gone, or has all. */
    void close();
}
