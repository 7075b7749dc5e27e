package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct addrinfo}. */
@Include("netdb.h")
@Name("addrinfo")
@Native(structKeyword = true)
@SuppressWarnings({"MemberName", "NullAway.Init"})
final class Addrinfo extends Structure {
    int ai_socktype;
    Address ai_addr;
    Address ai_next;
}
