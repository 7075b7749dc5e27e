package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct sockaddr_un}. */
@Include("sys/un.h")
@Name("sockaddr_un")
@Native(structKeyword = true)
@SuppressWarnings({"MemberName", "NullAway.Init"})
final class SockaddrUn extends Structure {
    short sun_family;
    Address sun_path;
}
