package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;
import static dev.pintle.init.sys.jnr.LibC.orErrno;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TCP (ip(7), ipv6(7)). */
final class TcpSockets {
    private static final int V4_SIZE = 16;
    private static final int V6_SIZE = 28;
    private static final int V4_ADDRESS_AT = 4;
    private static final int V6_ADDRESS_AT = 8;
    private static final byte[] EVERY_ADDRESS = new byte[16];
    private static final int BACKLOG = 4096;

    private TcpSockets() {}

    static int listen(byte[] address, int port) {
        if (address.length > 0) {
            return listenAt(address, port);
        }
        int result = listenAt(EVERY_ADDRESS, port);
        boolean noV6 = result == -Errno.EAFNOSUPPORT || result == -Errno.EADDRNOTAVAIL;
        return noV6 ? listenAt(new byte[4], port) : result;
    }

    private static int listenAt(byte[] address, int port) {
        int socket = open(address, LibC.SOCK_STREAM);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        LIBC.setsockopt(socket, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, new int[] {1}, Integer.BYTES);
        if (address.length > 4) {
            int[] only = {address == EVERY_ADDRESS ? 0 : 1};
            LIBC.setsockopt(socket, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, only, Integer.BYTES);
        }
        byte[] name = name(address, port);
        boolean done = LIBC.bind(socket, name, name.length) >= 0 && LIBC.listen(socket, BACKLOG) >= 0;
        if (!done) {
            int error = LibC.negatedErrno();
            LIBC.close(socket);
            return error;
        }
        return socket;
    }

    private static int open(byte[] address, int type) {
        int family = address.length > 4 ? LibC.AF_INET6 : LibC.AF_INET;
        return LIBC.socket(family, type | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
    }

    private static byte[] name(byte[] address, int port) {
        boolean v6 = address.length > 4;
        ByteBuffer name = ByteBuffer.allocate(v6 ? V6_SIZE : V4_SIZE).order(ByteOrder.nativeOrder());
        name.putShort((short) (v6 ? LibC.AF_INET6 : LibC.AF_INET));
        name.order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        name.position(v6 ? V6_ADDRESS_AT : V4_ADDRESS_AT).put(address);
        return name.array();
    }

    static int tryConnect(byte[] address, int port) {
        int socket = connect(address, port, LibC.SOCK_STREAM);
        if (socket < 0) {
            return socket;
        }
        int result = answer(socket);
        LIBC.close(socket);
        return result;
    }

    /** A socket that is connected, or about to be. */
    static int connect(byte[] address, int port, int type) {
        int socket = open(address, type);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        byte[] name = name(address, port);
        int result = orErrno(LIBC.connect(socket, name, name.length));
        if (result < 0 && result != -LibC.EINPROGRESS) {
            LIBC.close(socket);
            return result;
        }
        return socket;
    }

    /** On the loopback the answer is there when connect(2) returns, though it says that it is under way. */
    private static int answer(int socket) {
        long[] entry = {socket | (long) PollSet.WRITABLE << 32};
        if (LIBC.poll(entry, 1, 0) <= 0) {
            return -LibC.EINPROGRESS;
        }
        int[] error = new int[1];
        int result = orErrno(LIBC.getsockopt(socket, LibC.SOL_SOCKET, LibC.SO_ERROR, error, new int[] {Integer.BYTES}));
        return result < 0 ? result : -error[0];
    }
}
