package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** Unix sockets (unix(7)). */
final class LocalSockets {
    private static final int BACKLOG = 64;
    /** Bytes of sun_path; a path also needs its terminator in there. */
    private static final int MOST = 108;

    private static final SockaddrUn ADDRESS =
            StdlibH.malloc(Structure.sizeOf(SockaddrUn.class)).toStructure();
    private static final Ucred PEER =
            StdlibH.malloc(Structure.sizeOf(Ucred.class)).toStructure();
    private static final Address LENGTH = StdlibH.malloc(4);

    private LocalSockets() {}

    static int listen(String path, int mode) {
        int length = writeAddress(path);
        if (length < 0) {
            return length;
        }
        int socket = open(SysSocketH.SOCK_NONBLOCK);
        if (socket < 0) {
            return socket;
        }
        int result = isAbstract(path) ? bind(socket, length) : bindFile(socket, length, mode);
        if (result == 0) {
            result = ErrnoH.result(SysSocketH.listen(socket, BACKLOG));
        }
        if (result < 0) {
            UnistdH.close(socket);
            return result;
        }
        return socket;
    }

    static int receiveDatagrams(String name) {
        int length = writeAddress(name);
        if (length < 0) {
            return length;
        }
        int socket = ErrnoH.result(SysSocketH.socket(
                SysSocketH.AF_UNIX, SysSocketH.SOCK_DGRAM | SysSocketH.SOCK_CLOEXEC | SysSocketH.SOCK_NONBLOCK, 0));
        if (socket < 0) {
            return socket;
        }
        int result = bind(socket, length);
        if (result < 0) {
            UnistdH.close(socket);
            return result;
        }
        return socket;
    }

    static int connect(String path) {
        return connect(path, SysSocketH.SOCK_STREAM);
    }

    static int connectDatagrams(String path) {
        return connect(path, SysSocketH.SOCK_DGRAM);
    }

    private static int connect(String path, int type) {
        int length = writeAddress(path);
        if (length < 0) {
            return length;
        }
        int socket = ErrnoH.result(SysSocketH.socket(SysSocketH.AF_UNIX, type | SysSocketH.SOCK_CLOEXEC, 0));
        if (socket < 0) {
            return socket;
        }
        int result = connect(socket, length);
        if (result < 0) {
            UnistdH.close(socket);
            return result;
        }
        return socket;
    }

    static int accept(int listener) {
        int flags = SysSocketH.SOCK_CLOEXEC | SysSocketH.SOCK_NONBLOCK;
        int result = ErrnoH.result(SysSocketH.accept4(listener, NativeStrings.NULL, NativeStrings.NULL, flags));
        if (Descriptors.isRefused(result)) {
            result = ErrnoH.result(SysSocketH.accept(listener, NativeStrings.NULL, NativeStrings.NULL));
            if (result >= 0) {
                Descriptors.markAsOurs(result);
            }
        }
        return result;
    }

    static int peerUserId(int connection) {
        LENGTH.putInt(Structure.sizeOf(Ucred.class));
        int result = ErrnoH.result(SysSocketH.getsockopt(
                connection, SysSocketH.SOL_SOCKET, SysSocketH.SO_PEERCRED, PEER.toAddress(), LENGTH));
        return result < 0 ? result : PEER.uid;
    }

    private static int open(int flags) {
        return ErrnoH.result(
                SysSocketH.socket(SysSocketH.AF_UNIX, SysSocketH.SOCK_STREAM | SysSocketH.SOCK_CLOEXEC | flags, 0));
    }

    private static int bind(int socket, int length) {
        return ErrnoH.result(SysSocketH.bind(socket, ADDRESS.toAddress(), length));
    }

    private static int connect(int socket, int length) {
        int result;
        do {
            result = ErrnoH.result(SysSocketH.connect(socket, ADDRESS.toAddress(), length));
        } while (result == -Errno.EINTR);
        return result;
    }

    /**
     * Linux makes the file with the permissions of the socket's own inode less the umask: set before, so that the file is
     * never open to more than it should be, and again after, so that the umask takes nothing away.
     */
    private static int bindFile(int socket, int length, int mode) {
        SysStatH.fchmod(socket, mode);
        int result = bind(socket, length);
        if (result == -Errno.EADDRINUSE && isDead(length)) {
            UnistdH.unlink(ADDRESS.sun_path);
            result = bind(socket, length);
        }
        return result < 0 ? result : ErrnoH.result(SysStatH.chmod(ADDRESS.sun_path, mode));
    }

    /**
     * Whether the file is a socket that nobody has open any more. Asked by a datagram socket: it is refused as it would be
     * where there is nobody, and as being of the wrong kind where there is somebody, who does not notice.
     */
    private static boolean isDead(int length) {
        if (!Files.isSocket(ADDRESS.sun_path)) {
            return false;
        }
        int type = SysSocketH.SOCK_DGRAM | SysSocketH.SOCK_CLOEXEC;
        int socket = ErrnoH.result(SysSocketH.socket(SysSocketH.AF_UNIX, type, 0));
        if (socket < 0) {
            return false;
        }
        int result = connect(socket, length);
        UnistdH.close(socket);
        return result == -Errno.ECONNREFUSED;
    }

    private static boolean isAbstract(String path) {
        return path.startsWith("@");
    }

    /** Fills the address; its length, or a negated errno. An abstract name is counted, a path ends with a NUL. */
    private static int writeAddress(String path) {
        byte[] bytes = RawText.encode(path);
        if (bytes.length >= MOST) {
            return -ErrnoH.ENAMETOOLONG;
        }
        if (bytes.length == 0 || NativeStrings.holdsNul(bytes)) {
            return -Errno.EINVAL;
        }
        ADDRESS.sun_family = (short) SysSocketH.AF_UNIX;
        NativeStrings.copy(bytes, ADDRESS.sun_path);
        int offset = (int) ADDRESS.sun_path.diff(ADDRESS.toAddress());
        if (isAbstract(path)) {
            ADDRESS.sun_path.putByte((byte) 0);
            return offset + bytes.length;
        }
        return offset + bytes.length + 1;
    }
}
