package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/stat.h>}. */
@Include("sys/stat.h")
final class SysStatH {
    static final int S_IFMT = 0170000;
    static final int S_IFIFO = 010000;
    static final int S_IFREG = 0100000;
    static final int S_IFDIR = 040000;
    static final int S_IFSOCK = 0140000;
    static final int S_IFLNK = 0120000;

    private SysStatH() {}

    @Import(name = "stat")
    static native int stat(Address path, Address facts);

    @Import(name = "lstat")
    static native int lstat(Address path, Address facts);

    @Import(name = "fstat")
    static native int fstat(int descriptor, Address facts);

    @Import(name = "mkdirat")
    static native int mkdirat(int directory, Address path, int mode);

    @Import(name = "chmod")
    static native int chmod(Address path, int mode);

    @Import(name = "fchmod")
    static native int fchmod(int descriptor, int mode);

    @Import(name = "umask")
    static native int umask(int mask);
}
