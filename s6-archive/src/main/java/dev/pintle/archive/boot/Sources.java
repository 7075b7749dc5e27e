package dev.pintle.archive.boot;

import dev.pintle.init.program.Invocation;
import dev.pintle.s6.Database;

/** The trees of this container, as programs of s6-rc ask for them. */
public final class Sources {
    private Sources() {}

    /** Reads them as they are now. */
    public static Database read(Invocation call) {
        return Database.of(new KernelImage(call.sys), Reading.variables(call.environment()));
    }
}
