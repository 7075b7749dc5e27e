package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <stdio.h>}, of which only the system call is wanted. */
@Include("stdio.h")
final class StdioH {
    private StdioH() {}

    @Import(name = "renameat")
    static native int renameat(int fromDirectory, Address from, int toDirectory, Address to);
}
