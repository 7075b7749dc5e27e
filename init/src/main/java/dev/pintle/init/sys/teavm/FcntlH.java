package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Variable;

/** {@code <fcntl.h>}. */
@Include("fcntl.h")
@SuppressWarnings("MemberName")
final class FcntlH {
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 01;
    static final int O_RDWR = 02;
    static final int O_CREAT = 0100;
    static final int O_TRUNC = 01000;
    static final int O_APPEND = 02000;
    static final int O_NOCTTY = 0400;
    static final int O_CLOEXEC = 02000000;
    static final int O_NONBLOCK = 04000;
    static final int F_GETFD = 1;
    static final int F_SETFD = 2;
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;
    static final int FALLOC_FL_KEEP_SIZE = 1;
    static final int FALLOC_FL_PUNCH_HOLE = 2;
    static final int SPLICE_F_NONBLOCK = 2;
    static final int F_DUPFD_CLOEXEC = 1030;
    static final int FD_CLOEXEC = 1;
    static final int O_EXCL = 0200;
    static final int O_PATH = 010000000;
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_EMPTY_PATH = 0x1000;

    private FcntlH() {}

    @Import(name = "open")
    static native int open(Address path, int flags, int mode);

    @Import(name = "openat")
    static native int openat(int directory, Address path, int flags, int mode);

    /** Differs between architectures. */
    @Variable
    @Import(name = "O_DIRECTORY")
    static native int O_DIRECTORY();

    /** Differs between architectures. */
    @Variable
    @Import(name = "O_NOFOLLOW")
    static native int O_NOFOLLOW();

    @Import(name = "splice")
    static native int splice(int from, Address fromOffset, int to, Address toOffset, int length, int flags);

    @Import(name = "fallocate")
    static native int fallocate(int descriptor, int mode, long from, long length);

    @Import(name = "fcntl")
    static native int fcntl(int descriptor, int command, int argument);
}
