package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <sys/socket.h>}. */
@Include("sys/socket.h")
final class SysSocketH {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 02000000;
    static final int SOCK_NONBLOCK = 04000;
    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_ERROR = 4;
    static final int SO_PASSCRED = 16;
    static final int SO_PEERCRED = 17;
    static final int SCM_CREDENTIALS = 2;
    static final int SHUT_RDWR = 2;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;

    private SysSocketH() {}

    @Import(name = "socket")
    static native int socket(int family, int type, int protocol);

    @Import(name = "bind")
    static native int bind(int socket, Address address, int length);

    @Import(name = "listen")
    static native int listen(int socket, int backlog);

    @Import(name = "shutdown")
    static native int shutdown(int socket, int how);

    @Import(name = "connect")
    static native int connect(int socket, Address address, int length);

    @Import(name = "accept")
    static native int accept(int socket, Address address, Address length);

    @Import(name = "accept4")
    static native int accept4(int socket, Address address, Address length, int flags);

    @Import(name = "getsockopt")
    static native int getsockopt(int socket, int level, int option, Address value, Address length);

    @Import(name = "setsockopt")
    static native int setsockopt(int socket, int level, int option, Address value, int length);

    @Import(name = "recvmsg")
    static native int recvmsg(int socket, Address message, int flags);

    @Import(name = "send")
    static native int send(int socket, Address from, int length, int flags);
}
