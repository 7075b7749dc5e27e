package dev.pintle.init.sim;

import dev.pintle.init.sys.ChildSpec;
import org.jspecify.annotations.Nullable;

/** What decides which program a child runs. */
interface Script {
    /** What the child does; null where there is no such program. */
    @Nullable
    Behaviour behaviour(ChildSpec child);
}
