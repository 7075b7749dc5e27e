package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Variable;

/** {@code <sys/syscall.h>}: what the C library does not let through as it is. */
@Include("sys/syscall.h")
@SuppressWarnings("MemberName")
final class SysSyscallH {
    private SysSyscallH() {}

    /** Its number, which differs between architectures. */
    @Variable
    @Import(name = "SYS_rt_sigaction")
    static native int SYS_rt_sigaction();

    /** Its number. */
    @Variable
    @Import(name = "SYS_capget")
    static native int SYS_capget();

    /** Its number. */
    @Variable
    @Import(name = "SYS_capset")
    static native int SYS_capset();

    /** Its number. The C library has prlimit64(2) in its place, which is of later date. */
    @Variable
    @Import(name = "SYS_setrlimit")
    static native int SYS_setrlimit();

    /** syscall(2) as setrlimit(2) needs it. */
    @Include("unistd.h")
    @Import(name = "syscall")
    static native long syscall(int number, int resource, Address limit);

    /** syscall(2) as capget(2) and capset(2) need it. */
    @Include("unistd.h")
    @Import(name = "syscall")
    static native long syscall(int number, Address header, Address data);

    /** syscall(2) as rt_sigaction(2) needs it. */
    @Include("unistd.h")
    @Import(name = "syscall")
    static native long syscall(int number, int signal, Address action, Address old, long setSize);
}
