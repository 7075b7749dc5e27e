package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.RawText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** Names and addresses of the internet (getaddrinfo(3), ip(7), ipv6(7)). */
final class Internet {
    private Internet() {}

    static @Nullable List<byte[]> resolve(String host) {
        Addrinfo hints = zeroed(Structure.sizeOf(Addrinfo.class)).toStructure();
        // One kind, or every address would be there once for each.
        hints.ai_socktype = SysSocketH.SOCK_STREAM;
        byte[] bytes = RawText.encode(host);
        Address name = StdlibH.malloc(bytes.length + 1);
        NativeStrings.copy(bytes, name);
        Address result = zeroed(Address.sizeOf());
        int failed = NetdbH.getaddrinfo(name, NativeStrings.NULL, hints.toAddress(), result);
        StdlibH.free(name);
        if (failed != 0) {
            return null;
        }
        List<byte[]> addresses = new ArrayList<>();
        Address next = result.getAddress();
        while (next != null) {
            Addrinfo entry = next.toStructure();
            addresses.add(TcpSockets.addressOf(entry.ai_addr));
            next = entry.ai_next;
        }
        NetdbH.freeaddrinfo(result.getAddress());
        return addresses;
    }

    private static Address zeroed(int size) {
        Address memory = StdlibH.malloc(size);
        Address.fillZero(memory, size);
        return memory;
    }
}
