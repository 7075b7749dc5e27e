package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Variable;

/** {@code <errno.h>}. Whoever reads it does so in the statement after the call that set it. */
@Include("errno.h")
@SuppressWarnings("MemberName")
final class ErrnoH {
    static final int ENAMETOOLONG = 36;
    static final int E2BIG = 7;
    static final int ELOOP = 40;
    static final int EMLINK = 31;
    static final int ENOTSOCK = 88;
    static final int ENOTTY = 25;

    private ErrnoH() {}

    @Variable
    @Import(name = "errno")
    static native int errno();

    /** Where {@link #errno} stands, for those calls that tell an error from an end by it alone. */
    @Import(name = "__errno_location")
    static native Address __errno_location();

    /** A call's result in the convention of {@code Sys}: zero or more, or a negated errno. */
    static int result(int returned) {
        return returned < 0 ? -errno() : returned;
    }
}
