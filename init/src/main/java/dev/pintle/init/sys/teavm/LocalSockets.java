package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Peer;
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

    /** As {@link dev.pintle.init.sys.Sys#listenLocal}. */
    static int listen(String path, int mode, int userId, int groupId) {
        if (!isAbstract(path)) {
            return new SocketFile(path, mode, userId, groupId).listen();
        }
        int length = writeAddress(path);
        int socket = length < 0 ? length : open(SysSocketH.SOCK_NONBLOCK);
        if (socket < 0) {
            return socket;
        }
        int result = bind(socket, length);
        return closeUnlessListening(socket, result);
    }

    /** Has a bound socket listen; closes it where that, or what was before, failed. */
    static int closeUnlessListening(int socket, int before) {
        int result = before < 0 ? before : ErrnoH.result(SysSocketH.listen(socket, BACKLOG));
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
        int result = Datagrams.askForSenders(socket);
        result = result < 0 ? result : bind(socket, length);
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
        int flags = SysSocketH.SOCK_CLOEXEC | SysSocketH.SOCK_NONBLOCK;
        int socket = ErrnoH.result(SysSocketH.socket(SysSocketH.AF_UNIX, type | flags, 0));
        if (socket < 0) {
            return socket;
        }
        int result = connect(socket, length);
        result = result < 0 ? result : Descriptors.makeBlocking(socket);
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

    static int peer(int connection, Peer peer) {
        LENGTH.putInt(Structure.sizeOf(Ucred.class));
        int result = ErrnoH.result(SysSocketH.getsockopt(
                connection, SysSocketH.SOL_SOCKET, SysSocketH.SO_PEERCRED, PEER.toAddress(), LENGTH));
        if (result >= 0) {
            peer.pid = PEER.pid;
            peer.userId = PEER.uid;
        }
        return result;
    }

    static int open(int flags) {
        return ErrnoH.result(
                SysSocketH.socket(SysSocketH.AF_UNIX, SysSocketH.SOCK_STREAM | SysSocketH.SOCK_CLOEXEC | flags, 0));
    }

    static int bind(int socket, int length) {
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
     * Whether nobody has a socket at the address open any more. Asked by a datagram socket: it is refused as it would be
     * where there is nobody, and as being of the wrong kind where there is somebody, who does not notice.
     */
    static boolean isDead(int length) {
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
    static int writeAddress(String path) {
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
