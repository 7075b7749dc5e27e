package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;

/** TCP, as far as looking whether a port is open needs it (ip(7), ipv6(7)). */
final class TcpSockets {
    /** Bytes of struct sockaddr_in6, the larger one; both have the family first and then the port, on every machine. */
    private static final int V6_SIZE = 28;

    private static final int V4_SIZE = 16;
    private static final int PORT_AT = 2;
    private static final int V4_ADDRESS_AT = 4;
    private static final int V6_ADDRESS_AT = 8;

    private static final Address ADDRESS = StdlibH.malloc(V6_SIZE);

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
        UnistdH.close(socket);
        return result;
    }
}
