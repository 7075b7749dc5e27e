package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <netdb.h>}. */
@Include("netdb.h")
final class NetdbH {
    private NetdbH() {}

    @Import(name = "getaddrinfo")
    static native int getaddrinfo(Address host, Address service, Address hints, Address result);

    @Import(name = "freeaddrinfo")
    static native void freeaddrinfo(Address list);
}
