package dev.pintle.archive.program;

import dev.pintle.init.compat.s6.S6;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;

/** {@code s6-svok}: whether a service is supervised. */
public final class S6Svok {
    private static final String NAME = "s6-svok";

    private S6Svok() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        if (call.words.isEmpty()) {
            throw S6.usage(NAME, "servicedir");
        }
        return Supervised.of(call, call.words.get(0)).status() == null ? 1 : 0;
    }
}
