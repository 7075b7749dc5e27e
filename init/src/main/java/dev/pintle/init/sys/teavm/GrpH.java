package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <grp.h>}. */
@Include("grp.h")
final class GrpH {
    private GrpH() {}

    @Import(name = "setgroups")
    static native int setgroups(int count, Address groups);
}
