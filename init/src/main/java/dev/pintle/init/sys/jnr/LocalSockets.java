package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;
import static dev.pintle.init.sys.jnr.LibC.orErrno;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Unix sockets (unix(7)). */
final class LocalSockets {
    private static final int FAMILY_SIZE = 2;
    private static final int PATH_SIZE = 108;
    private static final int BACKLOG = 128;
    private static final int CREDENTIALS_INTS = 3;
    private static final int CREDENTIALS_USER = 1;
    private static final int ENAMETOOLONG = 36;

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

    static int listen(String path, int mode) {
        byte[] address = address(path);
        if (address.length == 0) {
            return -ENAMETOOLONG;
        }
        int type = LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK;
        int socket = LIBC.socket(LibC.AF_UNIX, type, 0);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        boolean isFile = address[FAMILY_SIZE] != 0;
        byte[] file = Arrays.copyOfRange(address, FAMILY_SIZE, address.length);
        int error = bind(socket, address);
        if (error == -Errno.EADDRINUSE && isFile && isDead(path)) {
            LIBC.unlink(file);
            error = bind(socket, address);
        }
        if (error < 0) {
            return closeFor(socket, error);
        }
        // Before it listens nobody can connect, whatever the mode that the umask gave it.
        boolean done = (!isFile || LIBC.chmod(file, mode) >= 0) && LIBC.listen(socket, BACKLOG) >= 0;
        return done ? socket : closeFor(socket, LibC.negatedErrno());
    }

    private static int bind(int socket, byte[] address) {
        return LIBC.bind(socket, address, address.length) < 0 ? LibC.negatedErrno() : 0;
    }

    /** Whether a file is a socket that nobody listens on any more; to connect to anything else is refused too. */
    private static boolean isDead(String path) {
        int connection = connect(path);
        if (connection >= 0) {
            LIBC.close(connection);
        }
        return connection == -Errno.ECONNREFUSED && isSocket(path);
    }

    private static boolean isSocket(String path) {
        byte[] facts = new byte[LibC.STATX_SIZE];
        LIBC.statx(LibC.AT_FDCWD, CText.path(path), 0, LibC.STATX_BASIC, facts);
        int mode = ByteBuffer.wrap(facts).order(ByteOrder.nativeOrder()).getShort(LibC.STATX_MODE);
        return (mode & LibC.S_IFMT) == LibC.S_IFSOCK;
    }

    static int receiveDatagrams(String name) {
        byte[] address = address(name);
        if (address.length == 0) {
            return -ENAMETOOLONG;
        }
        int type = LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK;
        int socket = LIBC.socket(LibC.AF_UNIX, type, 0);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        boolean done = LIBC.bind(socket, address, address.length) >= 0;
        return done ? socket : closeFor(socket, LibC.negatedErrno());
    }

    static int connect(String path) {
        return connect(path, LibC.SOCK_STREAM);
    }

    static int connect(String path, int type) {
        byte[] address = address(path);
        if (address.length == 0) {
            return -ENAMETOOLONG;
        }
        int socket = LIBC.socket(LibC.AF_UNIX, type | LibC.SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        boolean done = LIBC.connect(socket, address, address.length) >= 0;
        return done ? socket : closeFor(socket, LibC.negatedErrno());
    }

    private static int closeFor(int socket, int error) {
        LIBC.close(socket);
        return error;
    }

    static int accept(int listener) {
        return orErrno(LIBC.accept4(listener, null, null, LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK));
    }

    static int peerUserId(int connection) {
        int[] credentials = new int[CREDENTIALS_INTS];
        int[] length = {CREDENTIALS_INTS * Integer.BYTES};
        int result = LIBC.getsockopt(connection, LibC.SOL_SOCKET, LibC.SO_PEERCRED, credentials, length);
        return result < 0 ? LibC.negatedErrno() : credentials[CREDENTIALS_USER];
    }
}
