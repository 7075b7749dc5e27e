package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;
import static dev.pintle.init.sys.jnr.LibC.orErrno;

import dev.pintle.init.sys.PollSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TCP, as far as looking whether a port is open needs it (ip(7), ipv6(7)). */
final class TcpSockets {
    private static final int V4_SIZE = 16;
    private static final int V6_SIZE = 28;
    private static final int V4_ADDRESS_AT = 4;
    private static final int V6_ADDRESS_AT = 8;

    private TcpSockets() {}

    static int tryConnect(byte[] address, int port) {
        boolean v6 = address.length > 4;
        int family = v6 ? LibC.AF_INET6 : LibC.AF_INET;
        ByteBuffer name = ByteBuffer.allocate(v6 ? V6_SIZE : V4_SIZE).order(ByteOrder.nativeOrder());
        name.putShort((short) family).order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        name.position(v6 ? V6_ADDRESS_AT : V4_ADDRESS_AT).put(address);
        int socket = LIBC.socket(family, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0);
        if (socket < 0) {
            return LibC.negatedErrno();
        }
        int result = orErrno(LIBC.connect(socket, name.array(), name.capacity()));
        if (result == -LibC.EINPROGRESS) {
            result = answer(socket);
        }
        LIBC.close(socket);
        return result;
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
