package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;
import static dev.pintle.init.sys.jnr.LibC.orErrno;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.RawText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Unix sockets (unix(7)). */
final class LocalSockets {
    private static final int FAMILY_SIZE = 2;
    private static final int PATH_SIZE = 108;
    private static final int BACKLOG = 128;
    private static final int CREDENTIALS_INTS = 3;
    private static final int CREDENTIALS_USER = 1;

    private LocalSockets() {}

    /** A struct sockaddr_un; empty where the name does not fit. A leading {@code @} stands for an abstract name's zero. */
    private static byte[] address(String path) {
        byte[] name = RawText.encode(path);
        boolean isAbstract = path.startsWith("@");
        if (isAbstract) {
            name[0] = 0;
        }
        int size = name.length + (isAbstract ? 0 : 1);
        if (size > PATH_SIZE) {
            return new byte[0];
        }
        ByteBuffer address = ByteBuffer.allocate(FAMILY_SIZE + size).order(ByteOrder.nativeOrder());
        address.putShort((short) LibC.AF_UNIX).put(name);
        return address.array();
    }

    static int listen(String path, int mode, int userId, int groupId) {
        byte[] address = address(path);
        if (address.length == 0) {
            return -Errno.ENAMETOOLONG;
        }
        int type = LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK;
        int socket = LIBC.socket(LibC.AF_UNIX, type, 0);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        int error = address[FAMILY_SIZE] == 0 ? bind(socket, address) : bindFile(socket, path, mode, userId, groupId);
        if (error == 0) {
            error = orErrno(LIBC.listen(socket, BACKLOG));
        }
        return error < 0 ? closeFor(socket, error) : socket;
    }

    /** By its descriptor where others could have the directory's path lead elsewhere. */
    private static int bindFile(int socket, String path, int mode, int userId, int groupId) {
        TrustedPath walked = new TrustedPath(path);
        int directory = walked.parent();
        if (directory < 0) {
            return directory;
        }
        byte[] name = walked.name();
        String within = "/proc/self/fd/" + directory + "/" + RawText.decode(name, 0, name.length - 1);
        byte[] address = address(walked.settled() ? path : within);
        if (address.length == 0) {
            return closeFor(directory, -Errno.ENAMETOOLONG);
        }
        LIBC.fchmod(socket, mode);
        int umask = LIBC.umask(~mode & 0777);
        int error = bind(socket, address);
        if (error == -Errno.EADDRINUSE && isSocket(directory, name) && isDead(address)) {
            LIBC.unlinkat(directory, name, 0);
            error = bind(socket, address);
        }
        LIBC.umask(umask);
        if (error == 0 && (userId != -1 || groupId != -1)) {
            error = giveAway(directory, name, userId, groupId);
        }
        return closeFor(directory, error);
    }

    private static int giveAway(int directory, byte[] name, int userId, int groupId) {
        int entry = openEntry(directory, name);
        if (entry < 0) {
            return entry;
        }
        int result = isSocket(entry)
                ? orErrno(LIBC.fchownat(entry, CText.path(""), userId, groupId, LibC.AT_EMPTY_PATH))
                : -Errno.EEXIST;
        if (result < 0) {
            LIBC.unlinkat(directory, name, 0);
        }
        return closeFor(entry, result);
    }

    private static int openEntry(int directory, byte[] name) {
        return orErrno(LIBC.openat(directory, name, LibC.O_PATH | LibC.O_NOFOLLOW | LibC.O_CLOEXEC, 0));
    }

    private static boolean isSocket(int directory, byte[] name) {
        int entry = openEntry(directory, name);
        boolean socket = entry >= 0 && isSocket(entry);
        LIBC.close(entry);
        return socket;
    }

    private static int bind(int socket, byte[] address) {
        return LIBC.bind(socket, address, address.length) < 0 ? LibC.negatedErrno() : 0;
    }

    /** Whether nobody has the socket open any more; a datagram socket is refused as of the wrong kind where somebody has. */
    private static boolean isDead(byte[] address) {
        int socket = LIBC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        int result = orErrno(LIBC.connect(socket, address, address.length));
        return closeFor(socket, result) == -Errno.ECONNREFUSED;
    }

    private static boolean isSocket(int entry) {
        byte[] facts = new byte[LibC.STATX_SIZE];
        LIBC.statx(entry, CText.path(""), LibC.AT_EMPTY_PATH, LibC.STATX_BASIC, facts);
        ByteBuffer fields = ByteBuffer.wrap(facts).order(ByteOrder.nativeOrder());
        int mode = fields.getShort(LibC.STATX_MODE);
        return (mode & LibC.S_IFMT) == LibC.S_IFSOCK && fields.getInt(LibC.STATX_LINKS) == 1;
    }

    static int receiveDatagrams(String name) {
        byte[] address = address(name);
        if (address.length == 0) {
            return -Errno.ENAMETOOLONG;
        }
        int type = LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK;
        int socket = LIBC.socket(LibC.AF_UNIX, type, 0);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        boolean done = LIBC.setsockopt(socket, LibC.SOL_SOCKET, LibC.SO_PASSCRED, new int[] {1}, Integer.BYTES) >= 0
                && LIBC.bind(socket, address, address.length) >= 0;
        return done ? socket : closeFor(socket, LibC.negatedErrno());
    }

    static int connect(String path) {
        return connect(path, LibC.SOCK_STREAM);
    }

    static int connect(String path, int type) {
        byte[] address = address(path);
        if (address.length == 0) {
            return -Errno.ENAMETOOLONG;
        }
        int socket = LIBC.socket(LibC.AF_UNIX, type | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        boolean done = LIBC.connect(socket, address, address.length) >= 0
                && LIBC.fcntl(socket, LibC.F_SETFL, LibC.O_RDWR) >= 0;
        return done ? socket : closeFor(socket, LibC.negatedErrno());
    }

    private static int closeFor(int socket, int error) {
        LIBC.close(socket);
        return error;
    }

    static int accept(int listener) {
        return orErrno(LIBC.accept4(listener, null, null, LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK));
    }

    static int peer(int connection, Peer peer) {
        int[] credentials = new int[CREDENTIALS_INTS];
        int[] length = {CREDENTIALS_INTS * Integer.BYTES};
        int result = LIBC.getsockopt(connection, LibC.SOL_SOCKET, LibC.SO_PEERCRED, credentials, length);
        if (result < 0) {
            return LibC.negatedErrno();
        }
        peer.pid = credentials[0];
        peer.userId = credentials[CREDENTIALS_USER];
        return 0;
    }
}
