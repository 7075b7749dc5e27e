package dev.pintle.archive.sys;

import org.teavm.interop.Import;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Variable;

/** {@code <errno.h>}. */
@Include("errno.h")
final class ErrnoH {
    private ErrnoH() {}

    /** Why the last system call failed: to be read in the very next statement. */
    @Import(name = "errno")
    @Variable
    static native int errno();
}
