package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/random.h>}. */
@Include("sys/random.h")
final class SysRandomH {
    static final int GRND_NONBLOCK = 1;

    private SysRandomH() {}

    @Import(name = "getrandom")
    static native int getrandom(Address to, int length, int flags);
}
