package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Variable;

/** {@code <unistd.h>}. */
@Include("unistd.h")
@SuppressWarnings("MemberName")
final class UnistdH {
    static final int X_OK = 1;
    static final int SEEK_SET = 0;
    static final int SEEK_CUR = 1;

    private UnistdH() {}

    /** The environment as the kernel laid it down, until somebody changes it. */
    @Variable
    @Import(name = "environ")
    static native Address environ();

    @Import(name = "_Fork")
    static native int fork();

    @Import(name = "execve")
    static native int execve(Address path, Address arguments, Address environment);

    @Import(name = "_exit")
    static native void _exit(int code);

    @Import(name = "getpid")
    static native int getpid();

    @Import(name = "geteuid")
    static native int geteuid();

    @Import(name = "getsid")
    static native int getsid(int pid);

    @Import(name = "setsid")
    static native int setsid();

    @Import(name = "setpgid")
    static native int setpgid(int pid, int group);

    @Import(name = "tcsetpgrp")
    static native int tcsetpgrp(int descriptor, int group);

    @Import(name = "setuid")
    static native int setuid(int user);

    @Import(name = "setgid")
    static native int setgid(int group);

    @Import(name = "chdir")
    static native int chdir(Address path);

    @Import(name = "access")
    static native int access(Address path, int mode);

    @Import(name = "fchown")
    static native int fchown(int descriptor, int user, int group);

    @Import(name = "fchownat")
    static native int fchownat(int directory, Address path, int user, int group, int flags);

    @Import(name = "readlinkat")
    static native int readlinkat(int directory, Address path, Address to, int length);

    @Import(name = "unlinkat")
    static native int unlinkat(int directory, Address path, int flags);

    @Import(name = "lchown")
    static native int lchown(Address path, int user, int group);

    @Import(name = "chroot")
    static native int chroot(Address path);

    @Import(name = "fchdir")
    static native int fchdir(int descriptor);

    @Import(name = "nice")
    static native int nice(int increment);

    @Import(name = "fsync")
    static native int fsync(int descriptor);

    @Import(name = "lseek")
    static native long lseek(int descriptor, long offset, int from);

    @Import(name = "ftruncate")
    static native int ftruncate(int descriptor, long size);

    @Import(name = "isatty")
    static native int isatty(int descriptor);

    @Import(name = "close")
    static native int close(int descriptor);

    @Import(name = "dup2")
    static native int dup2(int from, int to);

    @Import(name = "pipe")
    static native int pipe(Address ends);

    @Import(name = "pipe2")
    static native int pipe2(Address ends, int flags);

    @Import(name = "read")
    static native int read(int descriptor, Address to, int length);

    @Import(name = "pread")
    static native int pread(int descriptor, Address to, int length, long from);

    @Import(name = "write")
    static native int write(int descriptor, Address from, int length);
}
