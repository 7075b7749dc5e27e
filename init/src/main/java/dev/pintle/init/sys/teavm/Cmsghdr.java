package dev.pintle.init.sys.teavm;

import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct cmsghdr}. */
@Include("sys/socket.h")
@Name("cmsghdr")
@Native(structKeyword = true)
@SuppressWarnings("MemberName")
final class Cmsghdr extends Structure {
    int cmsg_len;
    int cmsg_level;
    int cmsg_type;
}
