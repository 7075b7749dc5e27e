package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct msghdr}. */
@Include("sys/socket.h")
@Name("msghdr")
@Native(structKeyword = true)
@SuppressWarnings({"MemberName", "NullAway.Init"})
final class Msghdr extends Structure {
    Address msg_iov;
    int msg_iovlen;
    Address msg_control;
    int msg_controllen;
}
