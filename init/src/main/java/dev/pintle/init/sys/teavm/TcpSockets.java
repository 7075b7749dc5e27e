package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import org.teavm.interop.Address;

/** TCP (ip(7), ipv6(7)). */
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

    private static final byte[] EVERY_V4_ADDRESS = new byte[4];
    private static final byte[] EVERY_ADDRESS = new byte[16];
    /** The kernel lowers it to what net.core.somaxconn allows. */
    private static final int BACKLOG = 4096;

    private TcpSockets() {}

    static int listen(byte[] address, int port) {
        if (address.length > 0) {
            return listenAt(address, port);
        }
        int result = listenAt(EVERY_ADDRESS, port);
        boolean noV6 = result == -Errno.EAFNOSUPPORT || result == -Errno.EADDRNOTAVAIL;
        return noV6 ? listenAt(EVERY_V4_ADDRESS, port) : result;
    }

    private static int listenAt(byte[] address, int port) {
        int socket = open(address, SysSocketH.SOCK_STREAM);
        if (socket < 0) {
            return socket;
        }
        setOption(socket, SysSocketH.SOL_SOCKET, SysSocketH.SO_REUSEADDR, 1);
        if (address.length > 4) {
            // Whatever net.ipv6.bindv6only says: the whole machine is meant, and an address of one protocol is one.
            setOption(socket, NetinetInH.IPPROTO_IPV6, NetinetInH.IPV6_V6ONLY, address == EVERY_ADDRESS ? 0 : 1);
        }
        int result = ErrnoH.result(SysSocketH.bind(socket, ADDRESS, writeAddress(address, port)));
        if (result == 0) {
            result = ErrnoH.result(SysSocketH.listen(socket, BACKLOG));
        }
        if (result < 0) {
            UnistdH.close(socket);
            return result;
        }
        return socket;
    }

    private static void setOption(int socket, int level, int option, int value) {
        VALUE.putInt(value);
        SysSocketH.setsockopt(socket, level, option, VALUE, 4);
    }

    private static int open(byte[] address, int type) {
        int family = address.length > 4 ? SysSocketH.AF_INET6 : SysSocketH.AF_INET;
        int flags = SysSocketH.SOCK_CLOEXEC | SysSocketH.SOCK_NONBLOCK;
        return ErrnoH.result(SysSocketH.socket(family, type | flags, 0));
    }

    /** Fills the address; its length. */
    private static int writeAddress(byte[] address, int port) {
        boolean v6 = address.length > 4;
        Address.fillZero(ADDRESS, V6_SIZE);
        ADDRESS.putShort((short) (v6 ? SysSocketH.AF_INET6 : SysSocketH.AF_INET));
        ADDRESS.add(PORT_AT).putByte((byte) (port >> 8));
        ADDRESS.add(PORT_AT + 1).putByte((byte) port);
        Address bytes = ADDRESS.add(v6 ? V6_ADDRESS_AT : V4_ADDRESS_AT);
        for (int i = 0; i < address.length; i++) {
            bytes.add(i).putByte(address[i]);
        }
        return v6 ? V6_SIZE : V4_SIZE;
    }

    static int tryConnect(byte[] address, int port) {
        int socket = connect(address, port, SysSocketH.SOCK_STREAM);
        if (socket < 0) {
            return socket;
        }
        int result = answer(socket);
        UnistdH.close(socket);
        return result;
    }

    /** A socket that is connected, or about to be. */
    static int connect(byte[] address, int port, int type) {
        int socket = open(address, type);
        if (socket < 0) {
            return socket;
        }
        int result = ErrnoH.result(SysSocketH.connect(socket, ADDRESS, writeAddress(address, port)));
        if (result < 0 && result != -EINPROGRESS) {
            UnistdH.close(socket);
            return result;
        }
        return socket;
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
