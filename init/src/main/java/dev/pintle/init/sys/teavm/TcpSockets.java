package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.PollSet;
import org.teavm.interop.Address;

/** TCP, as far as looking whether a port is open needs it (ip(7), ipv6(7)). */
final class TcpSockets {
    /** Bytes of struct sockaddr_in6, the larger one; both have the family first and then the port, on every machine. */
    private static final int V6_SIZE = 28;

    private static final int V4_SIZE = 16;
    private static final int PORT_AT = 2;
    private static final int V4_ADDRESS_AT = 4;
    private static final int V6_ADDRESS_AT = 8;

    private static final int EINPROGRESS = 115;

    private static final Address ADDRESS = StdlibH.malloc(V6_SIZE);
    private static final Address POLL = StdlibH.malloc(8);
    private static final Address VALUE = StdlibH.malloc(4);
    private static final Address LENGTH = StdlibH.malloc(4);

    private TcpSockets() {}

    static int tryConnect(byte[] address, int port) {
        boolean v6 = address.length > 4;
        int family = v6 ? SysSocketH.AF_INET6 : SysSocketH.AF_INET;
        Address.fillZero(ADDRESS, V6_SIZE);
        ADDRESS.putShort((short) family);
        ADDRESS.add(PORT_AT).putByte((byte) (port >> 8));
        ADDRESS.add(PORT_AT + 1).putByte((byte) port);
        Address bytes = ADDRESS.add(v6 ? V6_ADDRESS_AT : V4_ADDRESS_AT);
        for (int i = 0; i < address.length; i++) {
            bytes.add(i).putByte(address[i]);
        }
        int flags = SysSocketH.SOCK_CLOEXEC | SysSocketH.SOCK_NONBLOCK;
        int socket = ErrnoH.result(SysSocketH.socket(family, SysSocketH.SOCK_STREAM | flags, 0));
        if (socket < 0) {
            return socket;
        }
        int result = ErrnoH.result(SysSocketH.connect(socket, ADDRESS, v6 ? V6_SIZE : V4_SIZE));
        if (result == -EINPROGRESS) {
            result = answer(socket);
        }
        UnistdH.close(socket);
        return result;
    }

    /**
     * A connect(2) that does not wait is always under way, even on the loopback; there the answer lies in the socket's
     * queue when it returns, and looking is enough.
     */
    private static int answer(int socket) {
        POLL.putLong((socket & 0xffffffffL) | (long) PollSet.WRITABLE << 32);
        if (ErrnoH.result(PollH.poll(POLL, 1, 0)) <= 0) {
            return -EINPROGRESS;
        }
        VALUE.putInt(0);
        LENGTH.putInt(4);
        int result =
                ErrnoH.result(SysSocketH.getsockopt(socket, SysSocketH.SOL_SOCKET, SysSocketH.SO_ERROR, VALUE, LENGTH));
        return result < 0 ? result : -VALUE.getInt();
    }
}
